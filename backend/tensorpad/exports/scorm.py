"""Lessons as a package for an LMS: SCORM 1.2, with an activity for each lesson."""

import io
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree

from tensorpad.exports.site import page_name, site
from tensorpad.lessons.lesson import Lesson
from tensorpad.recordings.recorder import Recorder

_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of all files, so that the same lessons make the same bytes."""


def package(lessons: Sequence[Lesson], recorder: Recorder, title: str) -> bytes:
    """The package as a zip file. Raises RecordingError."""
    files = dict(site(lessons, recorder))
    files["imsmanifest.xml"] = manifest(lessons, title, sorted(files))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return packed.getvalue()


def manifest(lessons: Sequence[Lesson], title: str, files: Sequence[str]) -> bytes:
    """`imsmanifest.xml`: what an LMS shows of the package, and which files it has."""
    root = ElementTree.Element("manifest", {"identifier": "tensorpad", "version": "1.0", "xmlns": _CP, "xmlns:adlcp": _ADL})
    metadata = ElementTree.SubElement(root, "metadata")
    ElementTree.SubElement(metadata, "schema").text = "ADL SCORM"
    ElementTree.SubElement(metadata, "schemaversion").text = "1.2"
    organizations = ElementTree.SubElement(root, "organizations", {"default": "course"})
    organization = ElementTree.SubElement(organizations, "organization", {"identifier": "course"})
    ElementTree.SubElement(organization, "title").text = title
    resources = ElementTree.SubElement(root, "resources")
    for lesson in lessons:
        slug, own = lesson.heading.slug, page_name(lesson)
        names = {"identifier": f"item-{slug}", "identifierref": f"lesson-{slug}"}
        item = ElementTree.SubElement(organization, "item", names)
        ElementTree.SubElement(item, "title").text = lesson.heading.title
        resource = ElementTree.SubElement(
            resources,
            "resource",
            {"identifier": f"lesson-{slug}", "type": "webcontent", "adlcp:scormtype": "sco", "href": own},
        )
        runs = [name for name in files if name == own or name.startswith(f"runs/{own.removesuffix('.html')}-")]
        shared = [name for name in files if name.startswith(("runs/player/", "lesson."))]
        for name in [*runs, *shared]:
            ElementTree.SubElement(resource, "file", {"href": name})
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
