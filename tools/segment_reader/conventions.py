"""The conventions of Index/FORMAT.md: numbers, checksums, offset tables."""
import contextlib
import struct


class Damage(Exception):
    """The bytes are not as the format says."""


def need(condition, reason):
    if not condition:
        raise Damage(reason)


@contextlib.contextmanager
def reading(name):
    """Names the section in whatever goes wrong while it is read."""
    try:
        yield
    except Damage as damage:
        raise Damage("%s: %s" % (name, damage)) from None
    except (IndexError, struct.error, OverflowError, ValueError) as error:
        raise Damage("%s: not well formed (%s)" % (name, error)) from None


def escaped(raw):
    for plain, written in ((b"\\", b"\\\\"), (b"\t", b"\\t"), (b"\n", b"\\n"), (b"\r", b"\\r")):
        raw = raw.replace(plain, written)
    return raw.decode("utf-8", "backslashreplace")


def crc_table():
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        yield byte


CRC_TABLE = list(crc_table())


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = CRC_TABLE[(crc ^ byte) & 255] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


class Cursor:
    """Reads numbers one after another."""

    def __init__(self, data, place=0):
        self.data, self.place = data, place

    def raw(self, count):
        need(0 <= count <= len(self.data) - self.place,
             "%d bytes expected at %d of %d" % (count, self.place, len(self.data)))
        self.place += count
        return self.data[self.place - count:self.place]

    def number(self, count):
        return int.from_bytes(self.raw(count), "little")

    def u8(self):
        return self.number(1)

    def varint(self):
        value = 0
        for shift in range(0, 70, 7):
            byte = self.u8()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
        raise Damage("a varint without an end at %d" % self.place)

    def string(self):
        return self.raw(self.varint())

    def offset_table(self):
        """All values of the table that begins here."""
        count = self.varint()
        if count == 0:
            return []
        base_width, slope_width, start_width = self.u8(), self.u8(), self.u8()
        total = self.varint()
        groups = []
        need(count <= 64 * len(self.data), "a table of %d values" % count)
        for _ in range((count + 63) // 64):
            base = int.from_bytes(self.raw(base_width), "little", signed=True)
            groups.append((base, self.number(slope_width), self.number(start_width), self.u8()))
        bits = self.raw(8 * total)
        values = []
        for index in range(count):
            base, slope, start, width = groups[index // 64]
            need(width <= 56 and start + width <= total, "a group of %d bits" % width)
            residual = bit_field(bits, 64 * start + index % 64 * width, width)
            values.append(base + slope * (index % 64) + residual)
        need(values[0] >= 0 and all(a <= b for a, b in zip(values, values[1:])),
             "a table whose values fall")
        return values


def bit_field(data, bit, width):
    end = bit + width + 7 >> 3
    return int.from_bytes(data[bit >> 3:end], "little") >> (bit & 7) & (1 << width) - 1
