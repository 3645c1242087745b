"""A segment: its lists, the code of its text, its attributes."""
import datetime
import struct

from .conventions import Cursor, bit_field, need, reading
from .dictionary import Dictionary
from .files import Info, SegmentFile


def column(cursor, count):
    """Up to 128 numbers."""
    header = cursor.u8()
    width, exceptions = header & 63, cursor.u8() if header & 64 else 0
    need(width <= 32, "numbers of %d bits" % width)
    packed = cursor.raw((count * width + 7) // 8)
    values = [bit_field(packed, place * width, width) for place in range(count)]
    for _ in range(exceptions):
        place = cursor.u8()
        values[place] |= cursor.varint() << width
    return values


def rising(gaps, before=-1):
    for gap in gaps:
        before += gap + 1
        yield before


def blocks(cursor, count, skip_length, columns):
    """The numbers of a list, and with two columns what stands beside each."""
    block_count = -(-count // 128)
    skips = [cursor.raw(skip_length) for _ in range(block_count if block_count > 1 else 0)]
    before = -1
    for block in range(block_count):
        size, start = min(128, count - 128 * block), cursor.place
        numbers = list(rising(column(cursor, size), before))
        others = column(cursor, size) if columns == 2 else [0] * size
        before = numbers[-1]
        if skips:
            last, length = struct.unpack_from("<IH", skips[block])
            need(last == before and length == cursor.place - start, "a skip that is wrong")
        yield from zip(numbers, others)
    need(cursor.place == len(cursor.data), "bytes behind a list")


class Segment:
    """A segment with what all commands need."""

    def __init__(self, path, deletions=None):
        self.file = SegmentFile(path)
        with reading("info"):
            self.info = Info(self.file.section("info"))
        with reading("terms"):
            self.dictionary = Dictionary(self.file.section("terms"))
        with reading("document passages"):
            self.first_passages = Cursor(self.file.section("document passages")).offset_table()
            need(len(self.first_passages) == self.info.documents + 1, "not one for each document")
        with reading("frequencies"):
            self.frequencies = list(self.frequency_table())
        with reading("groups"):
            self.first_documents = Cursor(self.file.section("groups")).offset_table()
            need(len(self.first_documents) == self.info.groups + 1
                 and self.first_documents[-1] == self.info.documents, "not one for each group")
        with reading("deletions"):
            self.deleted = self.deleted_documents(deletions) if deletions else set()

    def deleted_documents(self, deletions):
        need(deletions.of == self.info.groups and len(deletions.words) == len(self.info.fields),
             "not of this segment")
        deleted = {document for group in deletions.groups
                   for document in range(*self.first_documents[group:group + 2])}
        need(len(deleted) == deletions.documents, "not so many documents")
        return deleted

    def sources(self):
        """The number of the source of each group."""
        with reading("sources"):
            cursor = Cursor(self.file.section("sources"))
            least, width = cursor.varint(), cursor.u8()
            need(width <= 32, "codes of %d bits" % width)
            codes = cursor.raw((self.info.groups * width + 7) // 8)
            need(cursor.place == len(cursor.data), "bytes behind the codes")
            return [least + bit_field(codes, group * width, width)
                    for group in range(self.info.groups)]

    def frequency_table(self):
        cursor = Cursor(self.file.section("frequencies"))
        for _ in range(cursor.varint()):
            mask = cursor.u8()
            yield [cursor.varint() + 1 if mask >> field & 1 else 0
                   for field in range(len(self.info.fields))]

    def list_bytes(self, name, place):
        if isinstance(place, bytes):
            return place
        start, count = place
        return Cursor(self.file.section(name), start).raw(count)

    def postings(self, entry):
        """(document, frequency by field) of an entry."""
        place = entry["lists"][0]
        cursor = Cursor(self.list_bytes("postings", place))
        if isinstance(place, bytes):
            document = -1
            for _ in range(entry["df"]):
                document += cursor.varint() + 1
                yield document, self.frequencies[cursor.varint()]
        else:
            for document, number in blocks(cursor, entry["df"], 10, 2):
                yield document, self.frequencies[number]

    def passages(self, entry):
        """The passages of an entry, or None where it has no list of them."""
        place = entry["lists"][1]
        if place is None:
            return None
        cursor = Cursor(self.list_bytes("passages", place))
        if not isinstance(place, bytes):
            return [number for number, _ in blocks(cursor, cursor.varint(), 6, 1)]
        found = []
        for document, frequencies in self.postings(entry):
            first, end = self.first_passages[document:document + 2]
            if end - first > 8:
                count = cursor.varint() + 1 if sum(frequencies) > 1 else 1
                found += rising([cursor.varint() for _ in range(count)], first - 1)
        return found

    def ranks(self, document, text, anchors):
        """The code numbers of a document's tokens."""
        s, c = self.info.s, 256 - self.info.s
        bases = [0, s, s + s * c, s + s * c + s * c * c]
        first, end = self.first_passages[document:document + 2]
        value = length = 0
        for byte in text[anchors[first]:anchors[end]]:
            if byte >= s:
                value, length = value * c + byte - s, length + 1
                need(length < 4, "a code of more than four bytes")
            else:
                yield value * s + byte + bases[length]
                value = length = 0
        need(length == 0, "a code without an end")

    def column(self, name, rows):
        """The values of an attribute, None where there is none."""
        with reading(name):
            return list(self.column_values(Cursor(self.file.section(name)), rows))

    def column_values(self, cursor, rows):
        form = cursor.u8()
        need(form <= 3, "a column of form %d" % form)
        if form == 0:
            yield from [None] * rows
        elif form == 2:
            cursor.offset_table()
            for row in range(rows):
                value = b"" if row % 16 == 0 else value
                shared, rest = cursor.varint(), cursor.varint()
                if rest:
                    value = value[:shared] + cursor.raw(rest - 1)
                yield value if rest else None
        else:
            width, first = cursor.u8(), cursor.varint()
            if form == 1:
                starts = cursor.offset_table()
                strings = cursor.raw(starts[-1])
            codes = cursor.raw((rows * width + 7) // 8)
            for row in range(rows):
                code = bit_field(codes, row * width, width)
                if code == 0:
                    yield None
                elif form == 1:
                    yield strings[starts[code - 1]:starts[code]]
                else:
                    days = datetime.timedelta(first - (1 << 20) + code - 1)
                    yield str(datetime.date(1970, 1, 1) + days).encode()
