"""Times that a column, a float and a clock that changes can make something else of; in the zone of America/St_Johns."""

INSTANTS = (
    1736942400.123456,
    1741498199.999999,  # the last microsecond before summer
    1741498200.5,
    1752580800.000001,
    1752580800.000002,
    1762056600.25,  # 01:40 of the repeated hour, the first time
    1762058700.25,  # 01:15 of it, the second time
    1768478400.0,
)
