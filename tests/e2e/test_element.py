"""The life of a `<tensor-pad>` in a page of another site: when it is live, what it is told, and how it is moved."""

from playwright.sync_api import expect

from tests.e2e.support.pads import HEIGHT, PadsPage
from tests.support.ports import free_port


def test_pad_asks_for_nothing_but_its_picture_until_it_is_pressed(pads: PadsPage) -> None:
    pads.show('<tensor-pad loading="click" code="x = 1 + 2" of="x" lang="en"></tensor-pad>')
    picture = pads.pad().get_by_role("img", name="Computation graph of x")
    expect(picture).to_be_visible()
    expect(pads.frame()).to_have_count(0)
    assert pads.service.asked == ["/embed.js", "/api/v1/graph.svg?code=x%20%3D%201%20%2B%202&of=x&lang=en"]
    pads.pad().get_by_role("button", name="Run it").click()
    expect(pads.frame()).to_be_visible()
    expect(picture).to_be_hidden()
    assert pads.service.asked[2:] == ["/embed?lang=en&of=x&loading=eager"]
    assert pads.frame().get_attribute("sandbox") == "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    assert pads.frame().get_attribute("allow") == ""


def test_pad_is_live_when_it_is_seen(pads: PadsPage) -> None:
    pads.show('<p style="height: 4000px">above</p><tensor-pad code="x = 1"></tensor-pad>')
    expect(pads.pad().get_by_role("button")).to_have_count(1)
    expect(pads.frame()).to_have_count(0)
    pads.pad().scroll_into_view_if_needed()
    expect(pads.frame()).to_be_visible()
    assert pads.page.evaluate("document.activeElement === document.body")


def test_pad_is_live_at_once_where_that_is_asked_for(pads: PadsPage) -> None:
    pads.show('<p style="height: 4000px">above</p><tensor-pad loading="eager" code="x = 1"></tensor-pad>')
    expect(pads.frame()).to_have_count(1)


def test_keyboard_starts_it_and_goes_in(pads: PadsPage) -> None:
    pads.show('<tensor-pad loading="click" code="x = 1"></tensor-pad><input aria-label="after">')
    expect(pads.pad().get_by_role("img")).to_be_visible()
    pads.page.keyboard.press("Tab")
    expect(pads.pad().get_by_role("button")).to_be_focused()
    pads.page.keyboard.press("Enter")
    expect(pads.frame()).to_be_visible()
    expect(pads.frame()).to_be_focused()


def test_changed_attributes_are_told_to_the_live_view_and_it_stays(pads: PadsPage) -> None:
    pads.show('<tensor-pad code="x = 1" step="1"></tensor-pad>')
    expect(pads.frame()).to_be_visible()
    pad = pads.pad()
    changes = (("theme", "dark"), ("view", "values"), ("lang", "zh"), ("step", "1"))
    for number, (name, value) in enumerate(changes, 1):
        pad.evaluate("(pad, [name, value]) => pad.setAttribute(name, value)", [name, value])
        pads.wait_heard("step", number)
    pad.evaluate("pad => { pad.step = 7; }")
    pads.wait_heard("step", 5)
    told = [{key: value for key, value in detail["told"].items() if key != "target"} for detail in pads.heard("step")]
    assert told == [
        {"type": "theme", "theme": "dark"},
        {"type": "view", "view": "values"},
        {"type": "lang", "lang": "zh-CN"},
        {"type": "goto", "step": 1},
        {"type": "goto", "step": 7},
    ]
    assert pad.evaluate("pad => pad.step") == 7
    pad.evaluate("pad => pad.run()")
    pads.wait_heard("step", 6)
    assert pads.heard("step")[-1]["told"]["type"] == "run"
    assert len(pads.asked("/embed?")) == 1


def test_changed_program_starts_another_view_without_a_step_in_the_history(pads: PadsPage) -> None:
    pads.show('<tensor-pad><script type="text/x-python">x = 1</script></tensor-pad>')
    expect(pads.frame()).to_be_visible()
    before = pads.page.evaluate("history.length")
    address = pads.frame().get_attribute("src") or ""
    pads.page.evaluate("document.querySelector('tensor-pad script').textContent = 'x = 2'")
    expect(pads.frame()).not_to_have_attribute("src", address)
    expect(pads.frame()).to_be_visible()
    assert pads.cells() == ["x = 2"]
    assert pads.page.evaluate("history.length") == before


def test_pads_are_made_moved_and_taken_away_by_scripts(pads: PadsPage) -> None:
    pads.show("<section></section><section></section>")
    pads.page.evaluate("""() => {
      const pad = document.createElement("tensor-pad");
      pad.textContent = "x = 1";
      document.querySelector("section").attachShadow({ mode: "open" }).append(pad);
    }""")
    expect(pads.frame()).to_be_visible()
    pads.page.evaluate("""() => {
      const [first, second] = document.querySelectorAll("section");
      second.append(first.shadowRoot.firstChild);
    }""")
    expect(pads.pad()).to_have_count(1)
    expect(pads.frame()).to_be_visible()
    assert pads.cells() == ["x = 1"]
    pads.page.evaluate("document.querySelector('tensor-pad').remove()")
    assert pads.page.evaluate("length") == 0, "frames are left"


def test_script_may_come_first_last_and_twice(pads: PadsPage) -> None:
    script = f'<script src="{pads.service.url}/embed.js"></script>'
    pads.show(f"<tensor-pad>x = 1</tensor-pad>{script}<tensor-pad>y = 2\nz = 3</tensor-pad>{script}", script)
    for number, program in enumerate((["x = 1"], ["y = 2\nz = 3"])):
        expect(pads.frame(number)).to_be_visible()
        assert pads.cells(number) == program


def test_server_that_does_not_answer_leaves_the_picture_and_a_sentence(pads: PadsPage) -> None:
    absent = f"127.0.0.1:{free_port()}"
    pads.show(f'<tensor-pad loading="click" server="http://{absent}" code="x = 1" lang="en"></tensor-pad>')
    pad = pads.pad()
    expect(pad.get_by_role("region", name="The program")).to_have_text("x = 1")
    pad.get_by_role("button", name="Run it").click()
    expect(pad.get_by_role("status")).to_have_text("Starting…")
    expect(pad.get_by_role("status")).to_have_text(f"{absent} does not answer, so the program cannot run now.")
    expect(pad.get_by_role("region", name="The program")).to_be_visible()
    assert [detail["type"] for detail in pads.heard("error")] == ["unreachable"]
    pad.evaluate("(pad, url) => pad.setAttribute('server', url)", pads.service.url)
    expect(pads.frame()).to_be_visible()


def test_height_follows_the_frame_within_bounds_and_nobody_else(pads: PadsPage) -> None:
    pads.show('<tensor-pad code="x = 1"></tensor-pad><tensor-pad code="y = 1" height="180"></tensor-pad>')
    first, second = pads.frame(0), pads.frame(1)
    expect(first).to_have_css("height", f"{HEIGHT}px")
    expect(second).to_have_css("height", "180px")
    pads.page.evaluate("postMessage({ source: 'tensorpad', type: 'height', height: 900 }, '*')")
    for given, taken in ((1e9, "20000px"), (-5, "40px"), ("'tall'", "40px"), ("NaN", "40px"), (500.2, "501px")):
        pads.content().evaluate(f"say({{ type: 'height', height: {given} }})")
        expect(first).to_have_css("height", taken)
    expect(second).to_have_css("height", "180px")


def test_frames_beside_pads_are_as_high_as_their_content_unless_they_have_a_height(pads: PadsPage) -> None:
    pads.show(
        f'<iframe id="a" src="{pads.service.url}/embed?code=x" style="box-sizing: border-box"></iframe>'
        f'<iframe id="b" src="{pads.service.url}/embed?code=x" height="99"></iframe>'
    )
    expect(pads.page.locator("#a")).to_have_js_property("clientHeight", HEIGHT)
    expect(pads.page.locator("#b")).to_have_js_property("clientHeight", 99)


def test_strict_host_needs_no_more_than_the_servers_name(pads: PadsPage) -> None:
    allowed = "".join(f"; {kind} {pads.service.url}" for kind in ("script-src", "img-src", "frame-src"))
    policy = f"default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'{allowed}"
    pads.show('<tensor-pad code="x = 1"></tensor-pad>', policy=policy)
    expect(pads.frame()).to_be_visible()
    expect(pads.pad().locator(".pad")).to_have_css("position", "relative")
    assert pads.complaints == []
