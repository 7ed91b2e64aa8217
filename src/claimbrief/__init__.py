"""Who asserts what, on what evidence, since when: from a claims dataset to a brief."""

__version__ = "0.1.0"


def show(content: object, *, caption: str = "", alt: str = "") -> None:
    """Display a table or a picture of your own with its caption, a picture also with its words.

    `alt` says what a picture shows to those who do not see it. A figure is closed after that, as
    pyplot shows each open one anew when the cell ends.
    """
    from IPython.display import display
    from matplotlib.figure import Figure

    display(content, metadata={"claimbrief": {"caption": caption, "alt": alt}})  # type: ignore[no-untyped-call]
    if isinstance(content, Figure):
        from matplotlib import pyplot

        pyplot.close(content)
