"""The exact text of documents: codes, spellings and separators together."""
from .conventions import Cursor, need, reading
from .dictionary import spelled
from .layout import LayoutDecoder, LayoutModel, Token


class Text:
    """Decodes the text of documents: terms by the code stream, the rest by the layout."""

    def __init__(self, segment):
        self.segment, file = segment, segment.file
        self.stream = file.section("text")
        with reading("anchors"):
            self.anchors = Cursor(file.section("anchors")).offset_table()
            need(len(self.anchors) == segment.info.passages + 1
                 and self.anchors[-1] == len(self.stream), "not one for each passage")
        with reading("separators"):
            cursor = Cursor(file.section("separators"))
            starts = cursor.offset_table()
            strings = cursor.raw(starts[-1])
            self.separators = [strings[a:b] for a, b in zip(starts, starts[1:])]
        with reading("layout model"):
            self.model = LayoutModel(file.section("layout model"))
        with reading("layout"):
            cursor = Cursor(file.section("layout"))
            self.block_documents = cursor.offset_table()
            self.block_starts = cursor.offset_table()
            self.blocks = cursor.raw(self.block_starts[-1] if self.block_starts else 0)
        self.tokens = {}

    def token(self, rank):
        if rank not in self.tokens:
            if rank < len(self.segment.info.fields):
                token = Token(self.model, 2, rank)
            else:
                need(rank in self.segment.dictionary.ranks, "a code without a term")
                term, spellings = self.segment.dictionary.ranks[rank]
                token = Token(self.model, int(term[:1].isdigit()), rank, len(spellings))
            self.tokens[rank] = token
        return self.tokens[rank]

    def documents(self):
        """(document, its runs) of all documents, in order."""
        block = -1
        decoder = None
        for document in range(self.segment.info.documents):
            ranks = list(self.segment.ranks(document, self.stream, self.anchors))
            tokens = [self.token(rank) for rank in ranks]
            pieces = []
            for place, this in enumerate(tokens):
                if place % 4096 == 0 and block + 1 < len(self.block_documents) \
                        and self.block_documents[block + 1] == document:
                    block += 1
                    start, end = self.block_starts[block:block + 2]
                    decoder = LayoutDecoder(self.model, self.blocks[start:end], place > 0)
                need(decoder is not None, "no block for document %d" % document)
                following = tokens[place + 1] if place + 1 < len(tokens) else None
                pieces.append(decoder.token(this, following))
            yield document, self.runs(ranks, pieces)

    def runs(self, ranks, pieces):
        runs = []
        for rank, (variant, gap) in zip(ranks, pieces):
            need(gap < len(self.separators), "separator %d" % gap)
            if rank < len(self.segment.info.fields):
                runs.append((self.segment.info.fields[rank][0], bytearray()))
            else:
                term, spellings = self.segment.dictionary.ranks[rank]
                need(runs and variant < len(spellings), "spelling %d" % variant)
                runs[-1][1].extend(spelled(term, spellings[variant]))
            runs[-1][1].extend(self.separators[gap])
        return runs
