"""A small page: what a site puts around an article, and the article."""

from functools import cache

from cleanse.lines import Model, load_model
from cleanse.rules.loader import shipped_folder

BODY = [
    "The harbour town of Eldmouth voted on Tuesday to rebuild its old sea wall after a winter of storms.",
    "Council members said the work would begin in the spring and would cost about four million pounds in three years.",
    "“We have waited long enough for this wall,” said Ruth Amblin, who has lived on the front since she was a child.",
    "What happens next",
    "Engineers will first survey the sea bed, and then draw plans that residents can read and discuss in the library.",
    "A decision on the final design is expected before the end of the year, according to the council’s own timetable.",
    "Nobody was hurt.",
]
HEAD = ["Skip to main content", "Log In", "Subscribe", "Menu", "Home", "News", "Sport", "Weather"]
TAIL = [
    "Share on Facebook",
    "Share on Twitter",
    "Related articles",
    "Read more",
    "Sign up for our newsletter",
    "Privacy Policy",
    "Terms of Use",
    "© 2021 All rights reserved",
]
TITLE = "Eldmouth council votes to rebuild sea wall"


@cache
def model() -> Model:
    return load_model(shipped_folder() / "lines")
