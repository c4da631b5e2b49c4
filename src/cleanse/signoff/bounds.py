"""How much a sample says about the whole: exact binomial bounds, and an e-process for those who look as they go.

The exact (Clopper-Pearson) bound holds for a sample size fixed beforehand; Wilson's misses more often than it says
for rare defects (6.0 % instead of 5 % at 2 %, measured). Whoever looks after every item and stops when the exact
bound is low enough signs off wrongly in 16 % of cases. The e-process may be stopped at any time: under a defect
rate at the limit or above, it ever reaches 1 / alpha with a probability of at most alpha (Ville's inequality).

Sampling is without replacement; the binomial bounds are then on the safe side, and where everything was looked at
there is nothing left to bound.
"""

import math

ALPHA = 0.05
"""The risk of signing off what is worse than the limit."""
_SHARES = (0.0, 0.05, 0.2, 0.5)
_WEIGHTS = (0.4, 0.3, 0.2, 0.1)
"""The mixture: true rates, as shares of the limit, that it bets on, and how much. It signs off after 323 clean
items at 1 %, and still accepts a corpus that has defects at a fifth of the limit."""


def upper(defects: int, count: int, alpha: float = ALPHA) -> float:
    """The largest defect rate that still gives `defects` or fewer in `count` looks with probability `alpha`."""
    if count == 0 or defects >= count:
        return 1.0
    low, high = defects / count, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if at_most(defects, count, middle) > alpha:
            low = middle
        else:
            high = middle
    return high


def lower(good: int, count: int, alpha: float = ALPHA) -> float:
    """The lower bound on the rate of good ones: precision that can be claimed."""
    return 1.0 - upper(count - good, count, alpha)


def at_most(defects: int, count: int, rate: float) -> float:
    """The binomial probability of `defects` or fewer in `count` looks at this rate."""
    if rate <= 0:
        return 1.0
    if rate >= 1:
        return float(defects >= count)
    terms = [
        math.lgamma(count + 1)
        - math.lgamma(k + 1)
        - math.lgamma(count - k + 1)
        + k * math.log(rate)
        + (count - k) * math.log1p(-rate)
        for k in range(defects + 1)
    ]
    return min(1.0, math.fsum(map(math.exp, terms)))


def needed(limit: float, defects: int = 0, alpha: float = ALPHA) -> int:
    """How many looks with `defects` bad ones among them support the claim that at most `limit` are bad."""
    low, high = defects, defects + 1
    while at_most(defects, high, limit) > alpha:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        if at_most(defects, middle, limit) > alpha:
            low = middle
        else:
            high = middle
    return high


class EProcess:
    """Evidence against "at least `limit` are bad", as a bet that gains with each good item and loses with each bad one.

    A mixture of likelihood ratios of smaller rates against the limit. `value` may be looked at, and looking may
    stop, after any item; it depends on how many were bad, not on which.
    """

    def __init__(self, limit: float, looks: int = 0, defects: int = 0) -> None:
        self.limit = limit
        self.looks = looks
        self.defects = defects

    def add(self, *, bad: bool) -> None:
        """Take one item in, in the order of the sample."""
        self.looks += 1
        self.defects += bad

    @property
    def value(self) -> float:
        """The evidence; at 1 / alpha it suffices."""
        return self._after(0)

    def suffices(self, alpha: float = ALPHA) -> bool:
        """Whether the claim may be signed at this risk."""
        return self.value >= 1 / alpha

    @property
    def remaining(self) -> int:
        """How many more good items in a row it takes at the default risk, at most a million."""
        return self.more(ALPHA)

    def more(self, alpha: float) -> int:
        """How many more good items in a row it takes at this risk, at most a million."""
        low, high = 0, 1
        while self._after(high) < 1 / alpha and high < 1_000_000:
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._after(middle) >= 1 / alpha else (middle, high)
        return 0 if self.suffices(alpha) else high

    def _after(self, more: int) -> float:
        """The evidence after so many more good items."""
        good = self.looks - self.defects + more
        return math.fsum(
            weight * math.exp(min(good * _gain(share, self.limit) + self.defects * _loss(share), 700.0))
            for share, weight in zip(_SHARES, _WEIGHTS, strict=True)
        )


def _gain(share: float, limit: float) -> float:
    """What one good item adds, in nats, to the bet that the true rate is this share of the limit."""
    return math.log1p(-share * limit) - math.log1p(-limit)


def _loss(share: float) -> float:
    """What one bad item takes from it: all of a bet that there are none."""
    return math.log(share) if share else -1e9
