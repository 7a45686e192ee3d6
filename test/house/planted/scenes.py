"""Photograph-like pictures without any library: smooth light, things with edges, fine texture; written as PNG."""
import struct
import zlib

WIDTH, HEIGHT = 120, 90


class Scene:
    """Rows of bytes, RGB."""

    def __init__(self, width, height, rgb):
        self.width, self.height, self.rgb = width, height, bytes(rgb)

    def mapped(self, change):
        table = bytes(max(0, min(255, round(change(v)))) for v in range(256))
        return Scene(self.width, self.height, self.rgb.translate(table))

    def row(self, y):
        return self.rgb[y * self.width * 3:(y + 1) * self.width * 3]

    def mirrored(self):
        rows = []
        for y in range(self.height):
            row = self.row(y)
            rows.append(b"".join(row[i:i + 3] for i in range(len(row) - 3, -1, -3)))
        return Scene(self.width, self.height, b"".join(rows))

    def sized(self, width, height):
        columns = [x * self.width // width * 3 for x in range(width)]
        rows = []
        for y in range(height):
            row = self.row(y * self.height // height)
            rows.append(b"".join(row[c:c + 3] for c in columns))
        return Scene(width, height, b"".join(rows))

    def colored(self, change):
        """`change` of (r, g, b) for every pixel."""
        out = bytearray()
        for i in range(0, len(self.rgb), 3):
            out += bytes(max(0, min(255, round(v))) for v in change(*self.rgb[i:i + 3]))
        return Scene(self.width, self.height, out)

    def painted(self, inside):
        """`inside(x, y)` gives a colour or None."""
        out = bytearray(self.rgb)
        for y in range(self.height):
            for x in range(self.width):
                color = inside(x, y)
                if color is not None:
                    at = (y * self.width + x) * 3
                    out[at:at + 3] = bytes(color)
        return Scene(self.width, self.height, out)

    def smoothed(self, across, down):
        """Means over 2 * across + 1 and 2 * down + 1 pixels."""
        return _along(_along(self, across, True), down, False)


def _along(scene, reach, across):
    if reach == 0:
        return scene
    out = bytearray(len(scene.rgb))
    w, h = scene.width, scene.height
    lines, length = (h, w) if across else (w, h)
    for line in range(lines):
        for c in range(3):
            start = (line * w if across else line) * 3 + c
            step = 3 if across else 3 * w
            values = scene.rgb[start:start + step * (length - 1) + 1:step]
            sums = [0]
            for v in values:
                sums.append(sums[-1] + v)
            for i in range(length):
                low, high = max(0, i - reach), min(length, i + reach + 1)
                out[start + i * step] = (sums[high] - sums[low]) // (high - low)
    return Scene(w, h, out)


def plain(width, height, color):
    return Scene(width, height, bytes(color) * (width * height))


def _grid(rng, cells):
    return [[rng.uniform(-1, 1) for _ in range(cells + 2)] for _ in range(cells + 2)]


def _photo(rng):
    """Light that varies smoothly, three to six things of their own colour and grain, and fine grain all over."""
    coarse, middle = _grid(rng, 3), _grid(rng, 14)
    base = [rng.uniform(85, 165) for _ in range(3)]
    light, texture, grain = rng.uniform(20, 45), rng.uniform(8, 22), rng.randint(14, 34)
    things = [(rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), rng.uniform(8, 35), rng.uniform(8, 30),
               [rng.uniform(-85, 85) for _ in range(3)]) for _ in range(rng.randint(3, 6))]
    noise = rng.randbytes(WIDTH * HEIGHT)
    out = bytearray()
    for y in range(HEIGHT):
        for x in range(WIDTH):
            v = light * _at(coarse, 3, x, y) + texture * _at(middle, 14, x, y)
            v += (noise[y * WIDTH + x] - 128) * grain / 128
            r, g, b = base[0] + v, base[1] + v, base[2] + v
            for cx, cy, rx, ry, tint in things:
                if ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1:
                    r, g, b = r + tint[0], g + tint[1], b + tint[2]
            out += bytes((_level(r), _level(g), _level(b)))
    return Scene(WIDTH, HEIGHT, out)


def _level(v):
    return 0 if v < 0 else 255 if v > 255 else int(v)


def _at(grid, cells, x, y):
    u, v = x * cells / WIDTH, y * cells / HEIGHT
    i, j = int(u), int(v)
    u, v = u - i, v - j
    top = grid[j][i] * (1 - u) + grid[j][i + 1] * u
    return top * (1 - v) + (grid[j + 1][i] * (1 - u) + grid[j + 1][i + 1] * u) * v


class Camera:
    """Takes photographs: one of 90 scenes, mirrored or not, in a light of its own."""

    def __init__(self, rng):
        self.rng, self.scenes = rng, [_photo(rng) for _ in range(90)]

    def photo(self):
        scene = self.rng.choice(self.scenes)
        if self.rng.random() < 0.5:
            scene = scene.mirrored()
        gain, shift = self.rng.uniform(0.8, 1.15), self.rng.uniform(-15, 15)
        return scene.mapped(lambda v: v * gain + shift)


def png(scene):
    raw = b"".join(b"\0" + scene.row(y) for y in range(scene.height))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", scene.width, scene.height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw, 6)) + chunk(b"IEND", b"")
