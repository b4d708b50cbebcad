"""Pictures and saved outputs of strangers become pixels and text; what cannot be shown is named."""

import base64
import gzip
import io
import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from coursework.core.drawings import drawn
from coursework.core.figures import plain
from coursework.core.pictures import SIDE, NotShown, from_base64, from_data_uri, picture


def made(kind="PNG", size=(60, 40), colour="red", **how):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **how)
    return out.getvalue()


def seen(payload):
    return Image.open(io.BytesIO(payload)).convert("RGB")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'
RED = base64.b64encode(made()).decode()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "ICO", "PPM"])
def test_every_usual_format_becomes_pixels(kind):
    found = picture(made(kind, (64, 64)))
    assert found.kind in ("image/png", "image/jpeg")
    red, green, _ = seen(found.payload).getpixel((30, 20))
    assert red > 200 > 60 > green


def test_what_lies_behind_or_within_a_picture_does_not_travel():
    hostile = made("JPEG", comment=b"<script>alert(1)</script>") + b"<script>alert(2)</script>"
    assert b"script" not in picture(hostile).payload


def test_a_large_photo_is_scaled_and_a_giant_one_is_named():
    noise = Image.frombytes("RGB", (1800, 200), random.Random(1).randbytes(1_080_000))
    out = io.BytesIO()
    noise.save(out, "PNG")
    found = picture(out.getvalue())
    assert seen(found.payload).size == (SIDE, 178)
    assert found.kind == "image/jpeg" and len(found.payload) < 1_000_000
    giant = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(giant, "PNG")
    with pytest.raises(NotShown, match="144 megapixels"):
        picture(giant.getvalue())


def test_an_animation_shows_its_first_and_its_last_frame():
    frames = [Image.new("RGB", (60, 40), c) for c in ("green", "blue")]
    payload = made("GIF", save_all=True, append_images=frames)
    both = seen(picture(payload).payload)
    assert both.width > 120 and both.getpixel((10, 10))[0] > 200 and both.getpixel((100, 10))[2] > 200


def test_a_photo_is_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # a phone that was held upright
    assert seen(picture(made("JPEG", exif=exif)).payload).size == (40, 60)


@pytest.mark.parametrize(
    "payload, why",
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "not a picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not a picture"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 20, "HEIC"),
        (b"<svg", "not a picture"),
        (b"<svg><g></svg>", "damaged"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "ENTITY"),
        (b'<svg width="1" height="100000"/>', "hundred times"),
    ],
)
def test_what_cannot_be_shown_says_why(payload, why):
    with pytest.raises(NotShown, match=why):
        picture(payload)


@pytest.mark.parametrize(
    "uri",
    [
        f"data:image/png;base64,{RED}",
        f"DATA:image/jpg;charset=utf-8;BASE64,{RED}",
        f" data:image/png;base64,\n{RED[:30]}\n  {RED[30:]}\n",
        f"data:image/png;base64,{RED.replace('+', '%2B').replace('/', '%2F').replace('=', '%3D')}",
        f"data:;base64,{RED.rstrip('=').replace('+', '-').replace('/', '_')}",
        f"data:application/octet-stream,{RED}",
    ],
)
def test_data_addresses_of_every_spelling(uri):
    assert from_data_uri(uri) == made()


def test_damaged_base64_is_named():
    with pytest.raises(NotShown, match="damaged"):
        from_base64("@@@")


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="{}" width="20" height="20"/>',
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{}" width="20" height="20"/>',
        '<image href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cimage href=%22{}%22 '
        'width=%2220%22 height=%2220%22/%3E%3C/svg%3E" width="20" height="20"/>',
        '<filter id="f"><feImage href="{}"/></filter><rect width="20" height="20" fill="#fff" filter="url(#f)"/>',
    ],
)
def test_a_drawing_reads_no_file(tmp_path: Path, inside):
    other = tmp_path / "other.png"
    other.write_bytes(made(size=(20, 20)))
    png = drawn(SVG.format(inside.format(other)).encode())
    assert seen(png).getpixel((10, 10)) == (255, 255, 255)


def test_drawings_as_tools_write_them():
    rect = '<rect width="20" height="20" fill="#00f"/><script>alert(1)</script>'
    whole = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">' + SVG.format(rect)
    bare = f"<svg viewBox='0 0 20 20' onload='x()'>{rect}</svg>"
    for payload in (whole.encode(), bare.encode(), gzip.compress(whole.encode()), whole.encode("utf-16")):
        assert seen(picture(payload).payload).getpixel((10, 10))[2] > 200


def shown(data):
    return plain({"output_type": "display_data", "data": data, "metadata": {}}, "submitted/x")


FIGURE = {"text/plain": "<Figure size 600x350 with 1 Axes>"}


@pytest.mark.parametrize(
    "data",
    [
        {"image/png": RED},
        {"image/png": [RED[:20] + "\n", RED[20:]]},
        {"image/gif": RED},
        {"image/svg+xml": SVG.format('<rect width="20" height="20" fill="#f00"/>')},
        {"image/png": "broken", "image/svg+xml": [SVG.format('<rect width="20" height="20" fill="#f00"/>')]},
        {"text/html": f'<img alt="a>b" width=640 src="data:image/png;base64,{RED}">'},
        {"text/html": f"<div>{SVG.format('<rect width=~20~ height=~20~ fill=~#f00~/>').replace('~', chr(34))}</div>"},
    ],
)
def test_a_figure_in_any_form_is_pixels(data):
    (output,) = shown(data | FIGURE)
    assert set(output.data) == {"image/png", "text/plain"}
    assert seen(base64.b64decode(output.data["image/png"])).getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize(
    "data, said",
    [
        ({"application/vnd.plotly.v1+json": {}, "text/html": "<script>Plotly.newPlot()</script>"}, "figure (plotly)"),
        ({"application/vnd.vegalite.v5+json": {}, "text/plain": "alt.Chart(...)"}, "figure (Altair)"),
        ({"text/html": "<video controls src='data:video/mp4;base64,AA'></video>"}, "a video"),
        ({"text/html": "<iframe srcdoc='x'></iframe>", "text/plain": "<IFrame at 0x7f>"}, "an embedded page"),
        ({"image/png": "!"} | FIGURE, "a picture (image/png) that cannot be shown (its bytes are damaged)"),
        ({"application/pdf": "JVBER"}, "an output that is not shown (application/pdf)"),
        ({"application/javascript": "alert(1)", "text/plain": "<Javascript object>"}, "(application/javascript)"),
    ],
)
def test_what_only_a_script_can_draw_is_named(data, said):
    (output,) = shown(data)
    assert said in output.data["text/plain"] and "see submitted/x]" in output.data["text/plain"]
    assert set(output.data) == {"text/plain"}


def test_words_stay_words():
    table = "<table><tr><th>epoch</th><th>loss</th></tr><tr><td>1</td><td>0.5</td></tr></table>"
    for data, words in (
        ({"text/html": table, "text/plain": "   epoch loss\n0 1 0.5"}, "   epoch loss\n0 1 0.5"),
        ({"text/html": f"<style>#T</style>{table}", "text/plain": "<Styler at 0x7f>"}, "epoch   loss"),
        ({"text/markdown": "**so**", "text/plain": "<IPython.core.display.Markdown object>"}, "**so**"),
        ({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "  0%| | 0/500"}, "  0%| | 0/500"),
        ({"text/plain": "<DataLoader at 0x7f>"}, "<DataLoader at 0x7f>"),
    ):
        (output,) = shown(data)
        assert words in output.data["text/plain"] and "[" not in output.data["text/plain"]
    assert shown({}) == []


@pytest.mark.parametrize("mode, factor", [("float32", 1), ("float32", 255), ("int32", 255), ("uint16", 65535)])
def test_a_scan_of_any_depth_keeps_its_greys(mode, factor):
    greys = np.linspace(0, factor, 256)[None].repeat(20, 0).astype(mode)
    found = seen(picture(saved(Image.fromarray(greys), "TIFF")).payload)
    assert [found.getpixel((x, 9))[0] for x in (0, 128, 255)] == [0, pytest.approx(128, abs=1), 255]
    assert picture(saved(Image.fromarray(np.full((9, 9), np.nan, "float32")), "TIFF"))


def saved(image, kind):
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def test_a_scan_of_several_pages_shows_them_all():
    def scan(pages):
        return made("TIFF", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")] * (pages - 1))

    both = seen(picture(scan(2)).payload)
    assert both.size == (60, 88) and both.getpixel((9, 9))[0] > 200 and both.getpixel((9, 80))[2] > 200
    with pytest.raises(NotShown, match="it has 30 pages"):
        picture(scan(30))


@pytest.mark.parametrize(
    "payload, why", [(b"%PDF-1.4", "a PDF"), (b"\n<!DOCTYPE html>", "web page"), (b"<html>", "page")]
)
def test_what_is_often_handed_in_as_a_picture_is_called_by_its_name(payload, why):
    with pytest.raises(NotShown, match=f"{why}, not a picture"):
        picture(payload)


@pytest.mark.parametrize("start", [b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", b"\0\0\0\x1cftypavif"])
def test_an_avif_is_not_called_heic(start):
    with pytest.raises(NotShown, match="not a picture that can be read"):
        picture(start)


def test_what_a_table_says_is_no_figure():
    table = "<table><tr><td>Las Vegas, plotly</td></tr></table>"
    icon = '<svg height="24px" viewBox="0 0 24 24"><path d="M0 0h9v9z"/></svg>'
    symbols = '<svg style="position: absolute; width: 0; height: 0"><defs><symbol id="i"></symbol></defs></svg>'
    for page in (table, f"<div>{table}<button>{icon}</button></div>", symbols + table):
        (output,) = shown({"text/html": page, "text/plain": "  city\n0 Las Vegas"})
        assert dict(output.data) == {"text/plain": "  city\n0 Las Vegas"}


def test_drawings_within_drawings_and_too_many_of_them():
    one = SVG.format('<svg width="9" height="9"><rect width="9" height="9" fill="#f00"/></svg>')
    (output,) = shown({"text/html": f"<p>{one}</p>"})
    assert seen(base64.b64decode(output.data["image/png"])).getpixel((5, 5)) == (255, 0, 0)
    *many, last = shown({"text/html": one * 10})
    assert len(many) == 8 and "2 more pictures in HTML" in last.data["text/plain"]


def test_pictures_that_an_output_only_names_are_named():
    (output,) = shown(
        {"text/html": '<img src="https://a.b/c.png">', "text/plain": "<IPython.core.display.Image object>"}
    )
    assert "a picture https://a.b/c.png that is not in the notebook: see" in output.data["text/plain"]
    first, second = shown({"text/html": f'<img src="data:image/png;base64,{RED}"><img src="plot.png">'})
    assert "image/png" in first.data and "a picture plot.png" in second.data["text/plain"]


@pytest.mark.parametrize("written", ["![a](data:image/png;base64,RED)", '<img src="data:image/png;base64,RED">'])
def test_a_picture_in_markdown_that_code_has_written(written):
    text = {"text/markdown": f"so {written} it is", "text/plain": "<IPython.core.display.Markdown object>"}
    picture_, words = shown({k: v.replace("RED", RED) for k, v in text.items()})
    assert "image/png" in picture_.data and words.data["text/plain"] == "so  it is"


def test_a_widget_is_named_and_a_bar_is_not():
    view = {"application/vnd.jupyter.widget-view+json": {}}
    for text in (
        "interactive(children=(FloatSlider(value=0.0), Output()))",
        "Canvas(toolbar=Toolbar())",
        "Output()",
        "",
    ):
        (output,) = shown(view | {"text/plain": text})
        assert output.data["text/plain"].startswith("[an interactive widget that is not shown: see submitted/x]")
    for text in ("HBox(children=(FloatProgress(value=0.0), HTML(value='')))", " 10%|# | 50/500"):
        (output,) = shown(view | {"text/plain": text})
        assert output.data["text/plain"] == text


def test_a_figure_as_an_address_is_a_figure():
    (output,) = shown({"image/png": f"data:image/png;base64,{RED}"})
    assert "image/png" in output.data


def test_a_stream_or_an_error_of_any_form_is_text():
    def one(**output):
        return plain(output)[0]

    assert one(output_type="stream", name=5, text=["a\ud83d\n", "b"]) == one(
        output_type="stream", name="stdout", text="a\ufffd\nb"
    )
    assert plain({"output_type": "stream"}) == plain({"output_type": "stream", "text": None}) == []
    assert one(output_type="error", ename="E", evalue="v").traceback == ["E: v"]
    assert one(output_type="error", traceback="trace").traceback == ["trace"]
    assert one(output_type="display_data", data={"text/plain": "\ud83d"}).data["text/plain"] == "\ufffd"
