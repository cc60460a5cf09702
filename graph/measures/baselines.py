"""Baselines: the simplest ways to name people, which every other has to beat."""

from graph.arrays import FloatArray, IntArray


def profile_bm25(
    count: FloatArray, words: IntArray, *, mean_words: float, saturation: float = 1.2, length: float = 0.75
) -> FloatArray:
    """How well all that each person wrote fits a term, before its rarity: BM25 with k₁ = 1.2 and b = .75.

    f·(k₁ + 1) / (f + k₁·(1 - b + b·L / mean)). Robertson et al. (1994).
    Example: f = 3.5 and 1.5, L = 7 and 9 where the mean is 8, rarity ln 1.2: .306022 and .213924.
    """
    return count * (saturation + 1) / (count + saturation * (1 - length + length * words / mean_words))
