"""Planted defects of pictures, in folders of two classes."""
from planting import Planted, plants
from scenes import HEIGHT, WIDTH, Camera, Scene, plain, png

CLASSES = ("harbour", "market")


class Folder:
    """Pictures under pictures/CLASS/NAME.png, in an order that tells nothing."""

    def __init__(self, rng, folder):
        self.rng, self.root, self.bad = rng, folder / "pictures", set()
        for name in CLASSES:
            (self.root / name).mkdir(parents=True)
        self.photo = Camera(rng).photo
        self.names = rng.sample(range(10_000, 99_999), 900)

    def add(self, picture, bad=False, label=None):
        path = f"{label or self.rng.choice(CLASSES)}/img_{self.names.pop()}.png"
        (self.root / path).write_bytes(picture if isinstance(picture, bytes) else png(picture))
        if bad:
            self.bad.add(path)

    def photos(self, n):
        for _ in range(n):
            self.add(self.photo())

    def planted(self, **more):
        return Planted("pictures", self.bad, unit="file", **more)


def lamp(rng, scene):
    """A night with something bright in it."""
    cx, cy, r = rng.uniform(20, 100), rng.uniform(20, 70), rng.uniform(12, 20)
    dark = scene.mapped(lambda v: v / rng.uniform(5, 7))
    return dark.painted(lambda x, y: (250, 235, 180) if (x - cx) ** 2 + (y - cy) ** 2 < r * r else None)


def thing_on(rng, inner, color):
    """Something in the middle of a plain ground, as in a shop's catalogue."""
    rx, ry = rng.uniform(22, 45), rng.uniform(18, 36)
    at = lambda x, y: ((x - 60) / rx) ** 2 + ((y - 45) / ry) ** 2 < 1
    return inner.painted(lambda x, y: None if at(x, y) else color)


@plants("dark_pictures")
def dark(rng, folder):
    pictures = Folder(rng, folder)
    pictures.photos(220)
    for _ in range(24):
        kind, gain = rng.randrange(3), rng.uniform(0.03, 0.2)
        scene = pictures.photo()
        if kind == 0:
            scene = scene.mapped(lambda v: v * gain)
        elif kind == 1:
            scene = scene.mapped(lambda v: 255 * (v / 255) ** rng.uniform(5, 8) * 0.5)
        else:
            scene = plain(WIDTH, HEIGHT, (rng.randrange(12),) * 3)
        pictures.add(scene, bad=True)
    for _ in range(14):  # dark, and yet there is something to see
        pictures.add(rng.choice([lambda: lamp(rng, pictures.photo()), lambda: thing_on(rng, pictures.photo(), (0, 0, 0)),
                                 lambda: pictures.photo().mapped(lambda v: v * 0.6)])())
    return pictures.planted()


@plants("light_pictures")
def light(rng, folder):
    pictures = Folder(rng, folder)
    pictures.photos(220)
    for _ in range(24):
        gain, low = rng.uniform(0.05, 0.25), rng.uniform(205, 230)
        scene = pictures.photo()
        if rng.random() < 0.5:
            scene = scene.mapped(lambda v: low + v * gain)  # fog
        else:
            scene = scene.mapped(lambda v: 255 - (255 - v) * gain * 0.6 + rng.uniform(0, 4))
        pictures.add(scene, bad=True)
    for _ in range(14):
        pictures.add(rng.choice([lambda: thing_on(rng, pictures.photo(), (255, 255, 255)),
                                 lambda: pictures.photo().mapped(lambda v: 60 + v * 0.75)])())
    return pictures.planted()


@plants("blurry_pictures")
def blurry(rng, folder):
    pictures = Folder(rng, folder)
    pictures.photos(220)
    for _ in range(24):
        scene, reach = pictures.photo(), rng.randint(3, 6)
        kind = rng.randrange(3)
        if kind == 0:  # out of focus
            scene = scene.smoothed(reach, reach).smoothed(2, 2)
        elif kind == 1:  # shaken
            across = rng.random() < 0.5
            scene = scene.smoothed(reach + 4 if across else 0, 0 if across else reach + 4)
        else:  # enlarged from few pixels
            small = scene.smoothed(2, 2).sized(WIDTH // 5, HEIGHT // 5)
            scene = small.sized(WIDTH, HEIGHT).smoothed(3, 3)
        pictures.add(scene, bad=True)
    for _ in range(14):
        sharp = pictures.photo()
        half = sharp.smoothed(5, 5)
        pictures.add(rng.choice([
            lambda: sharp.mapped(lambda v: 100 + v / 5),  # faint and sharp
            lambda: Scene(WIDTH, HEIGHT, sharp.rgb[:len(sharp.rgb) * 2 // 3] + half.rgb[len(half.rgb) * 2 // 3:]),
            lambda: lamp(rng, sharp)])())
    return pictures.planted()


@plants("low_information")
def low_information(rng, folder):
    pictures = Folder(rng, folder)
    pictures.photos(220)
    for _ in range(24):
        color = tuple(rng.randrange(256) for _ in range(3))
        kind = rng.randrange(3)
        scene = plain(WIDTH, HEIGHT, color)
        if kind == 1:
            scene = pictures.photo().mapped(lambda v: color[0] * 0.9 + v / 70)
        elif kind == 2:
            scene = scene.painted(lambda x, y: tuple(min(255, c + x // 40) for c in color))
        pictures.add(scene, bad=True)
    for _ in range(14):
        pictures.add(rng.choice([lambda: thing_on(rng, pictures.photo(), tuple(rng.randrange(256) for _ in range(3))),
                                 lambda: pictures.photo().mapped(lambda v: 110 + v / 6)])())
    return pictures.planted()


@plants("odd_size")
def odd_size(rng, folder):
    pictures = Folder(rng, folder)
    for _ in range(220):
        factor = rng.uniform(0.8, 1.25)
        pictures.add(pictures.photo().sized(round(WIDTH * factor), round(HEIGHT * factor * rng.choice((1, 1, 1.15)))))
    for _ in range(24):
        factor = rng.choice((rng.uniform(0.1, 0.3), rng.uniform(3.5, 5)))
        pictures.add(pictures.photo().sized(round(WIDTH * factor), round(HEIGHT * factor)), bad=True)
    return pictures.planted()


@plants("odd_aspect")
def odd_aspect(rng, folder):
    pictures = Folder(rng, folder)
    for _ in range(220):
        pictures.add(pictures.photo().sized(*rng.choice(((120, 90), (120, 90), (90, 120), (120, 80), (112, 112), (128, 72)))))
    for _ in range(20):
        long = rng.uniform(5, 9)
        shape = (round(40 * long), 40) if rng.random() < 0.5 else (40, round(40 * long))
        pictures.add(pictures.photo().sized(*shape), bad=True)
    return pictures.planted()


def voc(width, height, boxes):
    """A Pascal VOC annotation; boxes are (name, left, top, right, bottom)."""
    things = "".join(f"<object><name>{name}</name><pose>Unspecified</pose><bndbox><xmin>{x}</xmin><ymin>{y}</ymin>"
                     f"<xmax>{right}</xmax><ymax>{bottom}</ymax></bndbox></object>" for name, x, y, right, bottom in boxes)
    return f"<annotation>\n<size><width>{width}</width><height>{height}</height><depth>3</depth></size>\n{things}</annotation>\n"


@plants("annotation_files")
def annotation_files(rng, folder):
    """Sizes, boxes and names that contradict the picture, among careful ones that touch its sides."""
    pictures = Folder(rng, folder)
    faults = ["zero", "swapped", "turned", "outside", "empty", "class", "text", "twice"] * 4 + [None] * 160
    rng.shuffle(faults)
    for fault in faults:
        label, (width, height) = rng.choice(CLASSES), rng.choice(((120, 90), (112, 80)))
        path = f"{label}/img_{pictures.names.pop()}"
        (pictures.root / f"{path}.png").write_bytes(png(pictures.photo().sized(width, height)))
        boxes = []
        for name in [label] * rng.randrange(1, 4) + [c for c in CLASSES if c != label and rng.random() < 0.2]:
            x, y = rng.randrange(0, width - 30), rng.randrange(0, height - 30)
            boxes.append([name, x, y, rng.randrange(x + 10, width + 1), rng.randrange(y + 10, height + 1)])
        size = [width, height]
        if fault == "zero":
            size = [0, 0]
        elif fault == "swapped":
            size.reverse()
        elif fault == "turned":
            boxes[0][1], boxes[0][3] = boxes[0][3], boxes[0][1]
        elif fault == "outside":
            boxes[-1][4] = height + rng.randrange(5, 60)
        elif fault == "empty":
            boxes[0][3] = boxes[0][1]
        elif fault == "class":
            for box in boxes:
                box[0] = next(c for c in CLASSES if c != label)
        elif fault == "twice":
            boxes.append(list(boxes[0]))
        text = "<annotation><size>" if fault == "text" else voc(*size, boxes)
        (pictures.root / f"{path}.xml").write_text(text)
        if fault:
            pictures.bad.add(f"{path}.png")
    return pictures.planted()


def gray(scene, noise=lambda: 0):
    def change(r, g, b):
        v = 0.3 * r + 0.59 * g + 0.11 * b
        return v, v + noise(), v + noise()
    return scene.colored(change)


@plants("grayscale_among_color")
def grayscale(rng, folder):
    pictures = Folder(rng, folder)
    pictures.photos(220)
    for _ in range(24):
        noise = rng.choice((lambda: 0, lambda: rng.randint(-2, 2)))
        pictures.add(gray(pictures.photo(), noise), bad=True)
    for _ in range(14):
        scene = pictures.photo()
        faint = gray(scene).colored(lambda r, g, b: (r * 1.07 + 8, g, b * 0.9 - 8))  # sepia
        spot = gray(scene).painted(lambda x, y: (200, 30, 30) if 20 < x < 40 and 20 < y < 35 else None)
        pictures.add(rng.choice((faint, spot)))
    return pictures.planted()


@plants("truncated_pictures")
def truncated(rng, folder):
    pictures = Folder(rng, folder)
    pictures.photos(220)
    for _ in range(24):
        scene = pictures.photo()
        if rng.random() < 0.6:
            whole = png(scene)
            pictures.add(whole[:int(len(whole) * rng.uniform(0.2, 0.9))], bad=True)
        else:  # saved again
            cut = round(HEIGHT * rng.uniform(0.3, 0.88)) * WIDTH * 3
            filled = scene.rgb[:cut] + bytes([128]) * (len(scene.rgb) - cut)
            pictures.add(Scene(WIDTH, HEIGHT, filled), bad=True)
    for _ in range(14):
        scene = pictures.photo()
        pictures.add(rng.choice((
            scene.painted(lambda x, y: (128, 128, 128) if y < 25 else None),
            scene.painted(lambda x, y: (112 + x % 30, 120, 118) if y > 60 else None),
            scene.painted(lambda x, y: (90, 90, 90) if y > 80 else None))))
    return pictures.planted()


def chart(rng):
    bars = rng.randint(4, 9)
    heights = [rng.uniform(0.1, 0.85) * HEIGHT for _ in range(bars)]
    colors = [tuple(rng.randrange(200) for _ in range(3)) for _ in range(bars)]

    def inside(x, y):
        i = (x - 10) * bars // 105
        if 0 <= i < bars and (x - 10) * bars % 105 < 70 and y > HEIGHT - 6 - heights[i] and y < HEIGHT - 6:
            return colors[i]
        return (0, 0, 0) if y == HEIGHT - 6 or x == 9 else None
    return plain(WIDTH, HEIGHT, (255, 255, 255)).painted(inside)


def logo(rng):
    ground, sign = (tuple(rng.randrange(256) for _ in range(3)) for _ in range(2))
    r = rng.uniform(22, 38)
    return plain(WIDTH, HEIGHT, ground).painted(
        lambda x, y: sign if abs(x - 60) + abs(y - 45) < r or (x - 60) ** 2 + (y - 45) ** 2 < r * r / 2 else None)


def screenshot(rng):
    boxes = [(rng.randrange(100), rng.randrange(14, 80), rng.randint(15, 50), rng.randint(6, 16),
              tuple(rng.randint(150, 255) for _ in range(3))) for _ in range(rng.randint(4, 9))]
    bar = tuple(rng.randrange(120) for _ in range(3))

    def inside(x, y):
        if y < 10:
            return bar
        for left, top, w, h, color in reversed(boxes):
            if left <= x < left + w and top <= y < top + h:
                edge = x in (left, left + w - 1) or y in (top, top + h - 1)
                return (60, 60, 60) if edge else color
        return None
    return plain(WIDTH, HEIGHT, (rng.randint(225, 255),) * 3).painted(inside)


def static(rng):
    return Scene(WIDTH, HEIGHT, rng.randbytes(WIDTH * HEIGHT * 3))


@plants("off_topic_pictures")
def off_topic(rng, folder):
    pictures = Folder(rng, folder)
    pictures.photos(300)
    for _ in range(16):
        pictures.add(rng.choice((chart, logo, screenshot, static))(rng), bad=True)
    return pictures.planted()


FAMILIES = {"pixels": "size", "width": "size", "height": "size", "aspect": "shape", "format": "format",
            "bytes_per_pixel": "compression", "border_brightness": "border", "border_contrast": "border",
            "brightness": "light", "contrast": "light", "grayscale": "colour", "colorfulness": "colour",
            "blur": "sharpness"}
# What follows from what is planted: a darker picture has a darker border and packs smaller.
FOLLOWS = {"size": {"compression", "sharpness"}, "shape": {"size", "compression", "sharpness"}, "border": {"compression", "light", "colour", "sharpness"},
           "light": {"border", "compression", "colour", "sharpness"}, "colour": {"compression", "light", "border", "sharpness"},
           "sharpness": {"compression", "light", "border", "colour"}}


@plants("spurious_picture_property")
def spurious(rng, folder):
    """One property goes with the class in nine of ten pictures; another does faintly."""
    pictures = Folder(rng, folder)
    planted = rng.choice(("size", "shape", "border", "light", "colour", "sharpness"))
    faint = rng.uniform(2, 6)
    for i in range(240):
        label = CLASSES[i % 2]
        scene = pictures.photo()
        shift = faint if label == CLASSES[0] else -faint
        scene = scene.mapped(lambda v: v + shift)  # too little to matter
        if (label == CLASSES[0]) == (rng.random() < 0.95):
            if planted == "size":
                scene = scene.sized(WIDTH * 5 // 4, HEIGHT * 5 // 4)
            elif planted == "shape":
                scene = scene.sized(HEIGHT, WIDTH)
            elif planted == "border":
                scene = scene.painted(lambda x, y: (245, 245, 245) if min(x, y, WIDTH - 1 - x, HEIGHT - 1 - y) < 6 else None)
            elif planted == "light":
                scene = scene.mapped(lambda v: v * 0.45)
            elif planted == "colour":
                scene = gray(scene)
            else:
                scene = scene.smoothed(2, 2)
        pictures.add(scene, label=label)
    expected = {planted} | FOLLOWS.get(planted, set())

    def places(finding):
        family = FAMILIES[finding["detail"]["property"]]
        return {planted} if family in expected else {family}
    return Planted("pictures", {planted}, places=places)
