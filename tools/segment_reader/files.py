"""The files of an index: manifest, deletions, container, section `info`."""
import os
import re
import struct

from .conventions import Cursor, Damage, crc32c, need, reading

PAGE, PAD, INDEX_VERSION, SEGMENT_VERSION, DELETIONS_VERSION = 16384, 64, 2, 3, 1


def read_file(path):
    with open(path, "rb") as file:
        return file.read()


def signed_lines(data):
    """The lines of a text file with a checksum, each a list of fields."""
    body, checksum = data[:-18], data[-18:]
    need(checksum == b"checksum\t%08x\n" % crc32c(body), "the checksum is wrong")
    for line in body.decode("utf-8").split("\n")[:-1]:
        yield [unescaped(field) for field in line.split("\t")]


def unescaped(field):
    need(re.fullmatch(r"([^%]|%[0-9a-fA-F]{2})*", field), "a % without two digits")
    plain = re.sub(rb"%(..)", lambda match: bytes([int(match[1], 16)]), field.encode("utf-8"))
    return plain.decode("utf-8")


class Manifest:
    """The files of an index, those of segments with their deletions."""

    def __init__(self, folder, name="manifest"):
        self.folder, self.sizes = folder, {}
        self.next_source, self.roots, self.segments, self.sources = 1, [], [], []
        with reading("manifest"):
            first, second, *lines = signed_lines(read_file(os.path.join(folder, name)))
            need(len(first) == 2 and first[0] == "folio index" and second[0] == "generation",
                 "the first lines are not those of a manifest")
            need(first[1] == str(INDEX_VERSION), "version %s is not known" % first[1])
            self.generation = int(second[1])
            for line in lines:
                self.line(*line)

    def line(self, word, *values):
        if word == "next source" and len(values) == 1:
            self.next_source = int(values[0])
        elif word == "root" and len(values) == 2:
            self.roots.append(values)
        elif word == "segment" and len(values) == 4:
            need(values[3] in ("new", "merged"), "a segment that is %s" % values[3])
            self.segments.append([self.file(".segment", *values[:2]), int(values[2]), None, 0])
        elif word == "deletions" and len(values) == 3:
            need(self.segments and self.segments[-1][2] is None, "deletions of no segment")
            self.segments[-1][2:] = self.file(".deletions", *values[:2]), int(values[2])
        elif word == "sources" and len(values) == 2:
            self.sources.append(self.file(".sources", *values))
        else:
            need(False, "a line that a manifest does not have")

    def file(self, suffix, name, size):
        need(name.endswith(suffix) and "/" not in name, "a file of the name %s" % name)
        path = os.path.join(self.folder, name)
        self.sizes[path] = int(size)
        return path

    def is_whole(self):
        return all(os.path.exists(path) and os.path.getsize(path) >= size
                   for path, size in self.sizes.items())


def newest_manifest(folder):
    """The manifest of the newest commit that is whole, or else the one in place."""
    named = Manifest(folder)
    found = named
    if not named.is_whole():
        numbers = (re.fullmatch(r"([0-9]+)\.manifest", name) for name in os.listdir(folder))
        for number in sorted((int(match[1]) for match in numbers if match), reverse=True):
            try:
                older = Manifest(folder, "%d.manifest" % number)
            except Damage:
                continue
            if number < named.generation and older.is_whole():
                found = older
                break
    for path, size in found.sizes.items():
        need(os.path.getsize(path) == size, "%s does not have %d bytes" % (path, size))
    return found


class Deletions:
    """The groups of a segment that are deleted."""

    def __init__(self, path):
        data = read_file(path)
        need(data[:8] == b"FOLIODEL", "the file does not begin as deletions do")
        need(crc32c(data[:-4]) == int.from_bytes(data[-4:], "little"), "the checksum is wrong")
        cursor = Cursor(data[:-4], 8)
        version = cursor.number(4)
        need(version == DELETIONS_VERSION, "version %d is not known" % version)
        self.of, self.documents = cursor.varint(), cursor.varint()
        self.words = [cursor.varint() for _ in range(cursor.varint())]
        self.groups, end = set(), 0
        for run in range(cursor.varint()):
            gap, count = cursor.varint(), cursor.varint() + 1
            need(gap > 0 or run == 0, "two runs that touch")
            need(end + gap + count <= self.of, "a group behind the last")
            self.groups.update(range(end + gap, end + gap + count))
            end += gap + count
        need(cursor.place == len(cursor.data), "bytes behind the last run")


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
