"""The sections `layout model` and `layout`."""
import struct

from .conventions import Cursor, need


KNOTS = (32768, 38841, 44511, 49474, 53581, 56822, 59287, 61109, 62428, 63368, 64030, 64494,
         64816, 65039, 65194, 65300, 65374, 65425, 65459, 65483, 65500, 65511, 65519, 65524, 65528)


def probability(total):
    if total < 0:
        return 65536 - probability(-total)
    knot, rest = divmod(total, 32)
    return KNOTS[knot] + ((KNOTS[knot + 1] - KNOTS[knot]) * rest // 32 if rest else 0)


PROBABILITIES = [probability(total) for total in range(-768, 768)]


class LayoutModel:
    """The section `layout model`."""

    def __init__(self, data):
        cursor = Cursor(data)
        self.field_count, limit = cursor.varint(), cursor.varint()
        known = cursor.raw((limit + 7) // 8)
        ranks = [rank for rank in range(limit) if known[rank // 8] >> rank % 8 & 1]
        self.node_count = 31
        self.trees = [self.tree(cursor) for _ in range(12)]
        self.codes = [dict(self.paths(tree)) for tree in self.trees]
        self.weights = [[weight * 2048 for weight in struct.unpack("5b", cursor.raw(5))]
                        for _ in range(80 + self.node_count)]
        self.records = [cursor.raw(6) for _ in ranks] + [b"\0\0\0\0\xff\0"] * 7
        self.rows = {rank: row for row, rank in enumerate(ranks)}
        self.spare = len(ranks)
        self.node_base = 7424 + 10 * len(self.records)
        count = self.node_base + 82 * self.node_count
        cells = cursor.raw((count + 1) // 2)
        self.cells = [value for byte in cells for value in ((byte & 15) - 8, (byte >> 4) - 8)]
        need(cursor.place == len(data), "bytes too many")

    def tree(self, cursor):
        """A leaf, or [number of the node, tree of bit 0, tree of bit 1]."""
        root = []
        open_places = [root]
        while open_places:
            parent, item = open_places.pop(), cursor.varint()
            if item:
                parent.append(item - 1)
            else:
                parent.append([self.node_count])
                self.node_count += 1
                # The children come one after the other, so both go into the same list.
                open_places += [parent[-1], parent[-1]]
                need(len(open_places) < 64, "a tree that is too deep")
        return root[0]

    @staticmethod
    def paths(tree):
        """(leaf, bits from the root) of each leaf."""
        open_trees = [(tree, ())]
        while open_trees:
            item, path = open_trees.pop()
            if isinstance(item, list):
                open_trees += [(item[1], path + (0,)), (item[2], path + (1,))]
            else:
                yield item, path


class Token:
    """What the layout asks of a token; the end of a document is one too."""

    def __init__(self, model, kind, rank=0, spellings=1):
        self.kind, self.rank, self.n = kind, rank, min(spellings, 17)
        row = model.rows.get(rank) if kind < 3 else None
        if row is None:
            row = model.spare + (6 if kind == 3 else 2 * kind + (self.n > 1))
        self.cells, record = 7424 + 10 * row, model.records[row]
        self.after, self.before, self.shapes = record[0:2], record[2:4], record[4]


class LayoutDecoder:
    """Decodes the tokens of one block in order."""

    def __init__(self, model, data, is_inner):
        self.model, self.data, self.place = model, data, 4
        self.weights = [list(weights) for weights in model.weights]
        self.code = int.from_bytes(data[:4].ljust(4, b"\0"), "big")
        self.range = 0xFFFFFFFF
        self.end = Token(model, 3)
        self.start(self.plain(2) if is_inner else 0)

    def start(self, field):
        self.field = field
        self.gap = self.shape = self.shape_before = self.single = 0
        self.past = [0] * 12

    def bit(self, p):
        bound = (self.range >> 16) * p
        answer = self.code < bound
        if answer:
            self.range = bound
        else:
            self.code -= bound
            self.range -= bound
        while self.range < 1 << 24:
            byte = self.data[self.place] if self.place < len(self.data) else 0
            self.place += 1
            self.range <<= 8
            self.code = (self.code << 8 | byte) & 0xFFFFFFFF
        return int(answer)

    def plain(self, count):
        value = 0
        for _ in range(count):
            value = value * 2 + self.bit(32768)
        return value

    def ask(self, number, *cells):
        inputs = [self.model.cells[cell] for cell in cells] + [2]
        weights = self.weights[number]
        total = sum(w * x for w, x in zip(weights, inputs)) >> 10
        p = PROBABILITIES[min(max(total, -768), 767) + 768]
        answer = self.bit(p)
        error = answer * 65536 - p
        for i, x in enumerate(inputs):
            weights[i] += error * x >> 6
        return answer

    def token(self, this, following):
        """The spelling and the separator of a token; `following` is None at a document's end."""
        after = following or self.end
        if this.kind == 2:
            self.field = min(this.rank, 3)
        variant = self.variant(this, after) if this.n > 1 else 0
        shape = this.shapes >> 2 * variant & 3 if variant < 4 else 3
        pair = 4 * this.kind + after.kind
        self.gap = self.separator(this, after, pair, shape)
        self.past[pair] = min(self.gap, 15)
        self.shape_before, self.shape, self.single = self.shape, shape, int(this.n <= 1)
        gap = self.gap
        if following is None:
            self.start(0)
        return variant, gap

    def variant(self, this, after):
        shape, gap = self.shape, self.gap
        capital = 3 if shape == 2 else 2 if shape == 1 else int(gap != 0)
        first = ((shape * 2 + (self.shape_before in (1, 2))) * 2 + self.single) * 8 + min(gap, 7)
        second = (self.field * 2 + (after.kind == 0)) * 4 + min(gap, 3)
        for variant in range(min(this.n - 1, 15)):
            again = int(variant > 0)
            shapes = (this.shapes | ~0xFF) >> 2 * variant
            context = 16 * again + (shapes & 15)
            row = self.end.cells if again else this.cells
            if not self.ask((4 * again + (shapes & 3)) * 4 + capital, row + capital,
                            context * 128 + first, 4096 + context * 32 + second,
                            after.cells + 8 + (shapes & 3 == 1)):
                return variant
        last = min(this.n - 1, 15)
        return last + self.plain(16) if this.n > 16 else last

    def separator(self, this, after, pair, shape):
        context, gap, past = 4 * pair + self.field, self.gap, self.past[pair]
        if not self.ask(32 + context, this.cells + 4 + (after.kind == 1),
                        after.cells + 6 + (this.kind == 1),
                        5120 + (8 * context + min(gap, 7)) * 4 + shape,
                        6656 + (16 * pair + past) * 4 + self.field):
            return 0
        codes, path, item = self.model.codes[pair], (), self.model.trees[pair]
        while isinstance(item, list):
            bit = self.ask_node(item[0], self.opinion(codes, this.after, path),
                                self.opinion(codes, after.before, path), past)
            path, item = path + (bit,), item[1 + bit]
        return item or self.escape(past)

    def ask_node(self, node, after, before, past):
        base = self.model.node_base + 82 * node
        return self.ask(80 + node, base + after, base + 17 + before,
                        base + 34 + 4 * min(self.gap, 7) + self.field, base + 66 + past)

    @staticmethod
    def opinion(codes, candidates, path):
        """What two candidates say of the bit that follows `path`."""
        for number, candidate in enumerate(candidates):
            gap, trust = candidate & 63, candidate >> 6
            code = codes.get(gap, codes.get(0, ())) if gap else ()
            if len(path) < len(code) and code[:len(path)] == path:
                return 1 + 8 * number + 2 * trust + code[len(path)]
        return 0

    def escape(self, past):
        node = 1
        for _ in range(5):
            node = 2 * node + self.ask_node(node - 1, 0, 0, past)
        return 1 << node - 32 | self.plain(node - 32)
