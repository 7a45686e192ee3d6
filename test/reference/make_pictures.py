"""Writes pictures.json: small files of every kind with the pixels that Pillow reads from them, and
what Pillow's BILINEAR makes of a formula picture. Needs Pillow and numpy."""
import base64
import io
import json
import pathlib

import numpy as np
from PIL import Image, ImageOps


def formula(width, height):
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    return ((x * 7 + y * 13 + c * 31 + (x * y) % 17 * 5) % 256).astype(np.uint8)


def saved(image, **options):
    out = io.BytesIO()
    image.save(out, **options)
    return out.getvalue()


def over_white(image):
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "P", "PA"):
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")


def file_case(name, data, tolerance):
    image = over_white(Image.open(io.BytesIO(data)))
    return {"name": name, "base64": base64.b64encode(data).decode(), "width": image.width,
            "height": image.height, "tolerance": tolerance,
            "rgb": np.asarray(image).reshape(-1).tolist()}


def with_orientation(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def files():
    rgb = Image.fromarray(formula(7, 5))
    smooth = rgb.resize((21, 15), Image.BICUBIC)
    alpha = rgb.copy()
    alpha.putalpha(Image.fromarray((np.arange(35).reshape(5, 7) * 7).astype(np.uint8)))
    yield file_case("jpeg 4:2:0", saved(smooth, format="JPEG", quality=90), 0)
    yield file_case("jpeg 4:4:4", saved(smooth, format="JPEG", quality=90, subsampling=0), 0)
    yield file_case("jpeg progressive", saved(smooth, format="JPEG", progressive=True), 0)
    yield file_case("jpeg gray", saved(smooth.convert("L"), format="JPEG"), 0)
    yield file_case("jpeg cmyk", saved(smooth.convert("CMYK"), format="JPEG"), 1)
    for orientation in range(1, 9):
        yield file_case(f"jpeg orientation {orientation}",
                        saved(smooth.resize((7, 5)), format="JPEG", quality=95, subsampling=0,
                              exif=with_orientation(orientation)), 0)
    yield file_case("png rgb", saved(rgb, format="PNG"), 0)
    yield file_case("png alpha", saved(alpha, format="PNG"), 1)
    yield file_case("png palette", saved(rgb.quantize(8), format="PNG"), 0)
    yield file_case("png gray", saved(rgb.convert("L"), format="PNG"), 0)
    yield file_case("png bilevel", saved(rgb.convert("1"), format="PNG"), 0)
    yield file_case("png orientation 6", saved(rgb, format="PNG", exif=with_orientation(6)), 0)
    yield file_case("webp lossless", saved(rgb, format="WEBP", lossless=True), 0)
    yield file_case("webp alpha", saved(alpha, format="WEBP", lossless=True, exact=True), 1)
    yield file_case("webp lossy", saved(smooth, format="WEBP", quality=90), 2)
    yield file_case("webp animated",
                    saved(rgb, format="WEBP", lossless=True, save_all=True,
                          append_images=[ImageOps.invert(rgb)]), 0)
    yield file_case("webp orientation 8",
                    saved(rgb, format="WEBP", lossless=True, exif=with_orientation(8)), 0)
    yield file_case("png 1x1", saved(Image.new("RGB", (1, 1), (9, 200, 77)), format="PNG"), 0)


def resizes():
    cases = [((37, 23), (11, 7), None), ((37, 23), (12, 30), None), ((5, 4), (13, 9), None),
             ((61, 47), (10, 10), (3.5, 2.25, 50.0, 40.75)), ((61, 47), (16, 9), (20, 10, 52, 28)),
             ((1, 1), (4, 3), None), ((200, 3), (2, 2), None), ((64, 48), (8, 6), (0, 0, 16, 12))]
    for (width, height), size, box in cases:
        image = Image.fromarray(formula(width, height)).resize(size, Image.BILINEAR, box=box)
        yield {"from": [width, height], "to": list(size),
               "box": list(box) if box else [0, 0, width, height],
               "rgb": np.asarray(image).reshape(-1).tolist()}


folder = pathlib.Path(__file__).parent
(folder / "pictures.json").write_text(
    json.dumps({"files": list(files()), "resizes": list(resizes())}, separators=(",", ":")) + "\n")
