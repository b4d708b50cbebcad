"""Pictures of strangers as pixels: whatever the bytes are, they are decoded, bounded in size and encoded anew.

So what travels on is a PNG or JPEG of our own making: no script, no link, no place where a photo was taken, no second
file behind the first. What cannot be shown raises `NotShown` with a clause that says why.
"""

import base64
import binascii
import io
import re
import warnings
from dataclasses import dataclass
from typing import cast
from urllib.parse import unquote_to_bytes

from PIL import Image, ImageOps

from coursework.core.drawings import drawn, is_drawing

SIDE = 1600  # pixels of the longer side of what is shown
MOST_BYTES = 30 * 2**20  # of a picture that is decoded
MOST_PIXELS = 64_000_000  # of a picture, and of all frames of an animation that are decoded
AS_PHOTO = 400_000  # bytes of a PNG from which on a JPEG is made of it
# By their bytes, never by what is said of them; no format that runs another program (EPS).
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "ICO", "AVIF", "PPM")
DATA = re.compile(r"\s*data:([^,]{0,200}),(.*)", re.I | re.S)
HEIC = re.compile(rb"....ftyp(?:hei[cxms]|hev[cxms]|(?:mif1|msf1)(?!.*avif))", re.S)  # mif1: also AVIF
OTHER = {  # how a file begins → what it is, for what is often handed in as a picture
    b"%PDF": "a PDF",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"version https://git-lfs": "a pointer to a file in Git LFS",
}
MOST_PAGES = 6  # of a scan in one file


class NotShown(ValueError):
    """Why a picture cannot be shown, as a clause: "it has 400 megapixels"."""


@dataclass(frozen=True)
class Picture:
    """One picture as we encode it: `kind` is image/png or image/jpeg."""

    kind: str
    payload: bytes

    @property
    def text(self) -> str:
        """The bytes as base64, as notebooks hold them."""
        return base64.b64encode(self.payload).decode()

    @property
    def uri(self) -> str:
        return f"data:{self.kind};base64,{self.text}"


def picture(payload: bytes) -> Picture:
    """Any picture file as pixels; of an animation the first and the last frame side by side.

    Raises:
        NotShown: it is not a picture, or one that cannot be decoded within bounds.
    """
    if not payload:
        raise NotShown("it is empty")
    if len(payload) > MOST_BYTES:
        raise NotShown(f"it has {len(payload) / 2**20:.0f} MiB")
    if is_drawing(payload):
        try:
            payload = drawn(payload)
        except ValueError as error:
            raise NotShown(str(error)) from None
    if what := next(
        (what for start, what in OTHER.items() if payload[:80].lstrip().lower().startswith(start.lower())), ""
    ):
        raise NotShown(f"it is {what}, not a picture")
    if HEIC.match(payload[:40]):
        raise NotShown("it is a HEIC photo, which browsers do not show")
    Image.init()  # else only the commonest formats are there
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # `_bounded` is stricter
            with Image.open(io.BytesIO(payload), formats=[f for f in FORMATS if f in Image.OPEN]) as image:
                _bounded(image)
                return _encoded(_frames(image), image.format or "")
    except NotShown:
        raise
    except Exception:  # whatever a decoder says of broken bytes
        raise NotShown("it is not a picture that can be read") from None


def _bounded(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise NotShown(f"it has {image.width * image.height / 1e6:.0f} megapixels")
    if image.format in ("JPEG", "MPO"):
        image.draft("RGB", (2 * SIDE, 2 * SIDE))  # decode a large photo at a smaller scale


def _frames(image: Image.Image) -> Image.Image:
    """The picture; of an animation the first and the last frame (within bounds) side by side, of a scan all pages."""
    if image.format == "TIFF" and getattr(image, "n_frames", 1) > 1:
        return _pages(image)
    first = _sized(image)
    many = image.format not in ("MPO", "ICO") and getattr(image, "is_animated", False)
    if not many:
        return first
    for number in range(1, max(2, MOST_PIXELS // max(1, image.width * image.height))):
        try:
            image.seek(number)
        except EOFError:
            break
    return _together([first, _sized(image)], across=True)


def _pages(image: Image.Image) -> Image.Image:
    """The pages of a scan below each other."""
    count = getattr(image, "n_frames", 1)
    if count > MOST_PAGES:
        raise NotShown(f"it has {count} pages")
    pages = []
    for number in range(count):
        image.seek(number)
        _bounded(image)
        pages.append(_sized(image))
    return _together(pages, across=False)


def _together(parts: list[Image.Image], across: bool) -> Image.Image:
    """The parts side by side or below each other, with a gap between them."""
    gap, sizes = 8, [part.size for part in parts]
    along, most = sum(s[0 if across else 1] for s in sizes) + gap * (len(parts) - 1), max(s[across] for s in sizes)
    whole = Image.new("RGBA", (along, most) if across else (most, along), (255, 255, 255, 0))
    at = 0
    for part in parts:
        whole.paste(part, (at, 0) if across else (0, at))
        at += part.size[0 if across else 1] + gap
    return whole


def _sized(image: Image.Image) -> Image.Image:
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith(("I", "F")):  # 16 and 32 bits a pixel: spread over what a screen shows
        image = _spread(image)
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return image


def _spread(image: Image.Image) -> Image.Image:
    """Grey values of any range as 8 bits: of 16 bits all of them, as browsers do; of 32 bits from least to most."""
    grey = image.convert("F")
    range_ = (0.0, 65535.0) if image.mode.startswith("I;16") else grey.getextrema()
    least, most = cast(tuple[float, float], range_)
    if not 0 < most - least < float("inf"):  # one grey, or not a number in it
        least, most = 0.0, 255.0
    scale = 255 / (most - least)
    return grey.point(lambda value: value * scale - least * scale).convert("L")


def _encoded(image: Image.Image, was: str) -> Picture:
    """PNG for drawings, JPEG for photos: PNG keeps lines sharp, and is ten times as large for a photo."""
    out = io.BytesIO()
    if was not in ("JPEG", "MPO"):
        image.save(out, "PNG", compress_level=4)
        if out.tell() <= AS_PHOTO:
            return Picture("image/png", out.getvalue())
        out = io.BytesIO()
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    paper.save(out, "JPEG", quality=85)
    return Picture("image/jpeg", out.getvalue())


def from_base64(text: object) -> bytes:
    """The bytes of base64 as people and tools write it: as an address, with line ends, percent signs, `-_`, unpadded.

    Raises:
        NotShown: it is not one.
    """
    text = "".join(map(str, text)) if isinstance(text, list) else str(text)
    if text[:5].lower() == "data:":
        return from_data_uri(text)
    whole = unquote_to_bytes(text) if "%" in text else text.encode("utf-8", "replace")
    whole = re.sub(rb"[\s\\=]+", b"", whole).replace(b"-", b"+").replace(b"_", b"/")
    try:
        return base64.b64decode(whole + b"=" * (-len(whole) % 4), validate=True)
    except binascii.Error:
        raise NotShown("its bytes are damaged") from None


def from_data_uri(uri: str) -> bytes:
    """The bytes of a `data:` address, whatever type it claims to have.

    Raises:
        NotShown: it is not one, or damaged.
    """
    found = DATA.match(uri)
    if not found:
        raise NotShown("its address is damaged")
    about, body = found[1].lower(), found[2].strip()
    plain = unquote_to_bytes(body)
    if "base64" in about or body[:5].lower() == "data:" or not is_drawing(plain):
        return from_base64(body)
    return plain
