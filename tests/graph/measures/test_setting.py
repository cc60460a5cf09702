from dataclasses import fields, replace

from graph.measures.setting import RankingSetting


def test_every_constant_changes_the_version() -> None:
    setting = RankingSetting()
    names = [field.name for field in fields(RankingSetting)]
    versions = {replace(setting, **{name: 7}).version for name in names}
    assert len(versions) == len(names)
    assert setting.version == RankingSetting().version
    assert setting.version not in versions


def test_asking_is_worth_less_than_answering() -> None:
    weights = [RankingSetting().kind_weight(kind) for kind in ("question", "comment", "answer", "article", None)]
    assert weights == [0, 0.25, 1, 1, 1]
