"""The README's answers are renewed, and stay as short as somebody made them."""

import json

from scripts.refresh_readme import like, lines_like, request_of, written


def test_a_call_is_read_as_curl_would() -> None:
    command = (
        'curl -sG "$QUISAIT/v1/experts" -H "Authorization: Bearer $KEY" \\\n'
        '  -H "Quisait-On-Behalf-Of: per_1" --data-urlencode "q=Qui sait ?" -d limit=1 | head -3\n'
    )
    path, parameters, headers = request_of(command)
    assert path == "/v1/experts"
    assert parameters == {"q": "Qui sait ?", "limit": "1"}
    assert headers == {"Quisait-On-Behalf-Of": "per_1"}


def test_what_was_left_out_stays_out() -> None:
    real = {"items": [{"name": "Awa", "id": "per_1"}, {"name": "Li", "id": "per_2"}], "next_cursor": None}
    assert like({"items": [{"name": "Zoé"}]}, real) == {"items": [{"name": "Awa"}]}


def test_a_text_is_cut_between_words_where_it_was_cut_and_again_there() -> None:
    once = like("The quick b…", "The brown fox jumps")
    assert once == "The brown…"
    assert like(once, "The brown fox jumps") == once
    assert like("The quick…", "The end") == "The end"


def test_a_table_keeps_its_number_of_lines() -> None:
    assert lines_like("a\nb\n", "\ufeffSite,Topic\nLyon,VPN\nLille,VPN\n") == "Site,Topic\nLyon,VPN"


def test_json_stands_on_one_line_where_it_fits() -> None:
    short, long = {"items": [1, 2]}, {"items": [{"excerpt": "e" * 90, "kind": "answer"}, 2]}
    assert written(short) == '{"items": [1, 2]}'
    assert json.loads(written(long)) == long
    assert written(long).count("\n") > 3
