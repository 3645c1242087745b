"""The files of an index: manifest, container, section `info`."""
import os
import struct

from .conventions import Cursor, crc32c, need, reading

PAGE, PAD, INDEX_VERSION, SEGMENT_VERSION = 16384, 64, 1, 2


def read_file(path):
    with open(path, "rb") as file:
        return file.read()


def segment_paths(path):
    """The paths of the segments of an index, or `path` when it is a segment itself."""
    if not os.path.isdir(path):
        return [path]
    with reading("manifest"):
        body = read_file(os.path.join(path, "manifest"))
        body, checksum = body[:-18], body[-18:]
        need(checksum == b"checksum\t%08x\n" % crc32c(body), "the checksum is wrong")
        lines = [line.split("\t") for line in body.decode("utf-8").split("\n")[:-1]]
        need(len(lines) > 1 and lines[0][0] == "folio index" and lines[1][0] == "generation",
             "the first lines are not those of a manifest")
        need(lines[0][1] == str(INDEX_VERSION), "version %s is not known" % lines[0][1])
        paths = []
        for word, name, size, _ in lines[2:]:
            need(word == "segment" and name.endswith(".segment") and "/" not in name,
                 "a line that a manifest does not have")
            paths.append(os.path.join(path, name))
            found = os.path.getsize(paths[-1])
            need(found == int(size), "%s has %d bytes, not %s" % (name, found, size))
        return paths


class SegmentFile:
    """The container: named sections, all of whose bytes are verified."""

    def __init__(self, path):
        self.data = data = read_file(path)
        with reading("footer"):
            need(data[:8] == b"FOLIOSEG" and data[-8:] == b"GESOILOF" and len(data) >= 176,
                 "the file does not begin and end as a segment does")
            checksums, table, table_length, outer, version, crc = struct.unpack(
                "<QQIIII", data[-40:-8])
            need(version == SEGMENT_VERSION, "version %d is not known" % version)
            need(checksums + 4 * -(-checksums // PAGE) + PAD == table
                 and table + table_length + 4 * outer == len(data) - 40,
                 "lengths that do not add up")
            need(crc32c(data[table:-12]) == crc, "the checksum of the section table is wrong")
        self.verify("checksums", checksums, table - PAD, table + table_length)
        self.verify("sections", 0, checksums, checksums)
        with reading("section table"):
            cursor = Cursor(data[table:table + table_length])
            self.ranges = {}
            for _ in range(cursor.varint()):
                name, start, length = cursor.string(), cursor.varint(), cursor.varint()
                need(start + length <= checksums - PAD, "a section behind the end")
                self.ranges[name.decode("utf-8")] = (start, length)

    def verify(self, name, start, end, checksums):
        for page, place in enumerate(range(start, end, PAGE)):
            expected = int.from_bytes(self.data[checksums + 4 * page:][:4], "little")
            part = self.data[place:min(place + PAGE, end)]
            need(crc32c(part) == expected, "%s: the checksum of bytes %d..<%d is wrong"
                 % (name, place, place + len(part)))

    def section(self, name):
        start, length = self.ranges.get(name, (0, 0))
        return self.data[start:start + length]


class Info:
    """The section `info`."""

    def __init__(self, data):
        cursor = Cursor(data)
        self.fields = [(cursor.string().decode(), struct.unpack("<f", cursor.raw(4))[0])
                       for _ in range(cursor.varint())]
        self.attributes = [(cursor.string().decode(), cursor.u8())
                           for _ in range(cursor.varint())]
        self.zone_kinds = [(cursor.string().decode(), cursor.u8())
                           for _ in range(cursor.varint())]
        (self.documents, self.groups, self.words, self.tokens, self.passages,
         self.long_passages) = (cursor.number(8) for _ in range(6))
        self.lengths = [cursor.number(8) for _ in self.fields]
        self.s = cursor.u8()
        self.frequent = list(cursor.string())
        need(len(self.fields) < self.s and cursor.place == len(data), "numbers that cannot be")
