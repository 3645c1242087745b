"""The section `terms`."""
from .conventions import Cursor, Damage, need


class Nibbles:
    def __init__(self, data):
        self.data, self.place = data, 0

    def nibble(self):
        value = self.data[self.place >> 1] >> (4 * (self.place & 1)) & 15
        self.place += 1
        return value

    def byte(self):
        low = self.nibble()
        return low | self.nibble() << 4

    def number(self):
        value = 0
        for shift in range(0, 45, 3):
            nibble = self.nibble()
            value |= (nibble & 7) << shift
            if nibble < 8:
                return value
        raise Damage("a number of more than 15 nibbles")

    def length(self):
        nibble = self.nibble()
        return nibble if nibble < 15 else 15 + self.number()


class Dictionary:
    """The section `terms`: `keys` has (kind, key, entry) in order, `ranks` the surface terms."""

    KINDS = ("surface", "stem", "pair")

    def __init__(self, data):
        cursor = Cursor(data)
        counts = [cursor.number(4) for _ in range(3)]
        self.s, self.reserved, shapes = cursor.u8(), cursor.u8(), cursor.number(2)
        cursor.raw(12)
        self.lengths = [(cursor.u8(), cursor.u8() + 1) for _ in range(15)]
        self.shapes = [cursor.raw(6) for _ in range(shapes)]
        blocks = [-(-count // 32) for count in counts]
        starts = [cursor.number(4) for _ in range(sum(blocks) + 1)]
        cursor.raw(6 * blocks[0])
        self.keys, self.ranks = [], {}
        ends = iter(zip(starts, starts[1:]))
        for kind, count in zip(self.KINDS, counts):
            for first in range(0, count, 32):
                start, end = next(ends)
                block = data[cursor.place + start:cursor.place + end]
                self.keys += ((kind, key, entry) for key, entry
                              in self.block(block, kind, min(32, count - first)))
        need(cursor.place + starts[-1] == len(data), "bytes behind the last block")
        self.surfaces = self.keys[:counts[0]]
        self.number()

    def number(self):
        """Gives each surface term its rank."""
        c = 256 - self.s
        ranks = [0, self.reserved, self.s, self.s * (1 + c), self.s * (1 + c + c * c)]
        for _, key, entry in self.surfaces:
            self.ranks[ranks[entry["class"]]] = key, entry["spellings"]
            ranks[entry["class"]] += 1

    def block(self, data, kind, count):
        cursor = Cursor(data)
        tag = cursor.varint()
        keys = list(self.block_keys(Nibbles(cursor.raw(tag >> 1)), tag & 1, count))
        numbers = Nibbles(cursor.string())
        if kind == "stem":
            return zip(keys, self.stems(numbers, count))
        return zip(keys, self.entries(numbers, cursor.raw(count), cursor))

    def block_keys(self, nibbles, is_numeric, count):
        key = b""
        for _ in range(count):
            pair = nibbles.nibble() if is_numeric else 15
            shared, rest = (self.lengths[pair] if pair < 15
                            else (nibbles.length(), nibbles.length() + 1))
            need(shared <= len(key), "a key shares more than there is")
            new = bytearray(key[:shared])
            for _ in range(rest):
                symbol = nibbles.nibble() if is_numeric else 15
                new.append(b"0123456789."[symbol] if symbol < 15 else nibbles.byte())
            key = bytes(new)
            yield key

    def entries(self, numbers, rows, cursor):
        places = [numbers.number(), numbers.number()]
        for row in rows:
            shape = self.shapes[row]
            values = [shape[i] - 1 if shape[i] else numbers.number() for i in range(2, 6)]
            entry = {"class": shape[0] & 7, "df": values[0] + 1,
                     "cf": values[0] + 1 + values[1], "lists": [None, None], "spellings": []}
            for which in range(2):
                kind, count = shape[0] >> (3 + 2 * which) & 3, values[2 + which]
                if kind == 1:
                    entry["lists"][which] = cursor.raw(count)
                elif kind == 2:
                    entry["lists"][which] = (places[which], count)
                    places[which] += count
            codes = []
            if entry["class"] and shape[1]:
                codes = [shape[1] >> (2 * i) & 3 for i in range(shape[1] >> 6)]
            elif entry["class"]:
                codes = [numbers.number() for _ in range(numbers.number() + 1)]
            entry["spellings"] = [code if code < 4 else cursor.raw(code - 3) for code in codes]
            yield entry

    def stems(self, numbers, count):
        first = numbers.number()
        for _ in range(count):
            df, change, others = numbers.number() + 1, numbers.number(), numbers.number()
            first += -(change + 1) // 2 if change & 1 else change // 2
            members = [first]
            for _ in range(others >> 1):
                members.append(members[-1] + 1 + (numbers.number() if others & 1 else 0))
            yield {"df": df, "members": members}


def spelled(term, spelling):
    if isinstance(spelling, bytes):
        return spelling
    if spelling == 1:
        return term[:1].upper() + term[1:]
    if spelling == 2:
        return term.upper()
    if spelling == 3:
        whole, point, rest = term.partition(b".")
        first = len(whole) % 3 or 3
        parts = [whole[:first]] + [whole[i:i + 3] for i in range(first, len(whole), 3)]
        return b",".join(parts) + point + rest
    return term
