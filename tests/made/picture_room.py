"""Whether the words of a drawing have room."""

import itertools

from fazhi.documents.drawing import MM, Picture


def check_room(picture: Picture) -> None:
    """Assert that no words run into each other or off the drawing."""
    width, height, found = picture.width_mm * MM, picture.height_mm * MM, picture.boxes
    assert len(found) > 2
    for box in found:
        assert box.left > -1 and box.top > -1 and box.right < width + 1 and box.bottom < height + 1, box
    for one, other in itertools.combinations(found, 2):
        beside = one.right <= other.left + 1 or other.right <= one.left + 1
        assert beside or one.bottom <= other.top + 1 or other.bottom <= one.top + 1, (one, other)
