"""Ablation: differences over the same questions, with their interval, and the table that a page shows."""

import numpy as np

from scripts.ablation import SETTING, VARIANTS, markdown, paired


def test_a_difference_that_all_questions_share_has_no_doubt() -> None:
    assert paired(np.full(50, -0.25)) == (-0.25, -0.25, -0.25)


def test_the_interval_of_a_difference_holds_its_mean() -> None:
    mean, low, high = paired(np.tile([0.2, -0.1], 100))
    assert low < mean == np.float64(0.05) < high


def test_every_variant_leaves_something_out() -> None:
    same = [name for name, setting in VARIANTS.items() if setting == SETTING]
    assert same == ["the setting", "everyday words in full", "no topics"]


def test_the_table_has_a_column_an_archive() -> None:
    found = {"the setting": (0.669, 0.669, 0.669), "no first line": (-0.02, -0.03, -0.01)}
    assert markdown(["dpdk"], [found]).splitlines() == [
        "| nDCG@10 | dpdk |",
        "|---|---:|",
        "| the setting | **0.669** |",
        "| no first line | -0.020 [-0.030, -0.010] |",
    ]
