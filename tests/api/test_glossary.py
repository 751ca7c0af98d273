"""`GET /api/v1/glossary`."""

import httpx
import pytest


@pytest.mark.parametrize(("lang", "word"), [("en", "leaf"), ("zh-CN", "叶子节点")])
def test_the_glossary_is_had_in_a_language(server_url: str, lang: str, word: str) -> None:
    answer = httpx.get(f"{server_url}/api/v1/glossary", params={"lang": lang})
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == lang
    found = {term["id"]: term for term in answer.json()["terms"]}
    assert found["leaf"]["term"] == word
    again = httpx.get(
        f"{server_url}/api/v1/glossary", params={"lang": lang}, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
