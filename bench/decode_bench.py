"""The peer of decode_bench.cc: Pillow, one thread, with its own scaled decode (draft) and without."""
import time

from picture_loading import decode_crop, in_memory

ROUNDS = 3


def rate(pictures, draft):
    best = 0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for file in pictures:
            file.seek(0)
            decode_crop(file, draft)
        best = max(best, len(pictures) / (time.perf_counter() - start))
    return best


def main():
    pictures = in_memory(400)
    print(f"decode_crop_224,{rate(pictures, False):.1f},pictures/s")
    print(f"pillow_with_draft,{rate(pictures, True):.1f},pictures/s")


if __name__ == "__main__":
    main()
