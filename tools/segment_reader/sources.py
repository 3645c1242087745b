"""Source lists: what is known of the files that an index was made from."""
from .conventions import Cursor, need, reading
from .files import SegmentFile

STATES = ("gone", "indexed", "empty", "duplicate")


def signed(number):
    """What a varint of a *signed* number stands for."""
    return -(number + 1) // 2 if number & 1 else number // 2


class SourceList:
    """A file of records: `records` has (path, fields) in order, fields None where it is gone."""

    def __init__(self, path):
        file = SegmentFile(path)
        with reading("source list"):
            cursor = Cursor(file.section("source list"))
            count, gone = cursor.varint(), cursor.varint()
        with reading("source reasons"):
            cursor = Cursor(file.section("source reasons"))
            ends = cursor.offset_table()
            strings = cursor.raw(ends[-1])
            self.reasons = [strings[a:b] for a, b in zip(ends, ends[1:])]
        with reading("source blocks"):
            self.starts = Cursor(file.section("source blocks")).offset_table()
            need(len(self.starts) == -(-count // 32) + 1, "not one for each block")
        with reading("source records"):
            self.cursor = Cursor(file.section("source records"))
            self.records = [self.record(number) for number in range(count)]
            need(self.cursor.place == self.starts[-1] == len(self.cursor.data),
                 "the records do not end where they should")
            need(sum(fields is None for _, fields in self.records) == gone, "not so many gone")
            keys = [path.replace(b"/", b"\0") for path, _ in self.records]
            need(all(a < b for a, b in zip(keys, keys[1:])), "paths that do not rise")

    def record(self, number):
        cursor = self.cursor
        if number % 32 == 0:
            need(cursor.place == self.starts[number // 32], "a block that begins elsewhere")
            self.path, self.label_start, self.modified, self.number = b"", 0, 0, 0
        tag, shared, rest = cursor.u8(), cursor.varint(), cursor.varint()
        need(shared <= len(self.path), "a path that shares more than there is")
        self.path = self.path[:shared] + cursor.raw(rest)
        if tag & 3 == 0:
            return self.path, None
        if tag & 4:
            self.label_start = cursor.varint()
        size = cursor.varint()
        self.modified = (self.modified + signed(cursor.varint()) + (1 << 63)) % (1 << 64) \
            - (1 << 63)
        fingerprint = cursor.number(8)
        self.number += signed(cursor.varint())
        fields = {"number": self.number, "label": self.path[self.label_start:], "size": size,
                  "modified": self.modified, "fingerprint": fingerprint, "why": None,
                  "state": STATES[tag & 3], "beaten by": []}
        if tag & 8:
            extras = Cursor(cursor.string())
            self.extras(extras, tag, fields)
            need(extras.place == len(extras.data), "bytes behind the extras")
        return self.path, fields

    def extras(self, extras, tag, fields):
        if tag & 16:
            fields["label"] = extras.string()
        if fields["state"] == "empty":
            fields["why"] = self.reasons[extras.varint()]
        elif fields["state"] == "duplicate":
            fields["why"] = self.path[:extras.varint()] + extras.string()
        if tag & 32:
            fields["beaten by"] = [extras.varint() for _ in range(extras.varint())]


def live_sources(paths):
    """(path, fields) of the sources of an index whose lists are these, oldest first."""
    sources = {}
    for path in paths:
        sources.update(SourceList(path).records)
    order = sorted(sources, key=lambda path: path.replace(b"/", b"\0"))
    return [(path, sources[path]) for path in order if sources[path] is not None]
