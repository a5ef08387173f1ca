"""The markets of sixteen cities, in which data.py sells homes. The cities exist; every figure is made up.

What moves a price is the same everywhere, how far and which way is not: by the sea is dear in Sydney and a risk in
Houston, an old house is sought after in Boston and a plot to build on in Tokyo, Denver pays for the suburbs that Vienna
leaves, and a fourth floor is a climb in Lisbon and a view in Singapore.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class City:
    """A market. Shares of a price are given as logarithms: 0.1 is about 10 % more, -0.1 about 10 % less."""

    key: str
    """Region and city: where its model lies, and with .tar.gz what TargetModel names."""
    name: str
    currency: str
    price_per_m2: float
    """Of a flat of 80 m² in fair condition on the ground floor, in the centre and far from water, that is new."""
    houses: float
    """The share of sales that are houses, not flats."""
    roominess: float
    """How large homes are, as a multiple."""
    extent_km: float
    """Within which most homes lie."""
    age: float
    """Years, of the typical building."""
    storeys: int
    """Of the tallest block of flats."""
    size: float
    """A square metre of a home twice as large."""
    decline: float
    """Each kilometre from the centre, up to the edge of the core."""
    core_km: float
    suburbs: float
    """What the dearest suburbs, about a third of the extent beyond the core, have over its edge."""
    floor: float
    """Each floor up, to the tenth."""
    climb: float
    """Each floor that has to be climbed, since there is no lift."""
    garden: float
    """A garden of 100 m², and each time it is twice as large."""
    wear: float
    """Each ten years of a building's age, up to sixty years."""
    charm: float
    """A building from before 1915."""
    water: float
    """A home at the water. Fades by two thirds with each water_km; each floor up sees a tenth more of it."""
    water_km: float
    detached: float
    """A detached house, in the place of a flat; a terraced one has half of it."""
    worn: float
    renovated: float
    noise: float
    """Deviation of what two buyers pay for the same home."""


# fmt: off
CITIES = (
    City("africa/nairobi", "Nairobi", "KES", 145_000, houses=0.55, roominess=1.25, extent_km=16, age=22, storeys=12,
         size=-0.10, decline=-0.012, core_km=5, suburbs=0.42, floor=0.004, climb=-0.035, garden=0.085, wear=-0.055,
         charm=0.00, water=0.05, water_km=1.0, detached=0.28, worn=-0.26, renovated=0.09, noise=0.115),
    City("america/boston", "Boston", "USD", 9_800, houses=0.45, roominess=1.15, extent_km=18, age=85, storeys=25,
         size=-0.05, decline=-0.075, core_km=8, suburbs=0.16, floor=0.014, climb=-0.016, garden=0.035, wear=-0.012,
         charm=0.24, water=0.22, water_km=1.2, detached=0.08, worn=-0.15, renovated=0.14, noise=0.080),
    City("america/denver", "Denver", "USD", 4_300, houses=0.70, roominess=1.45, extent_km=26, age=38, storeys=18,
         size=-0.16, decline=0.006, core_km=4, suburbs=0.30, floor=0.010, climb=-0.030, garden=0.060, wear=-0.040,
         charm=0.07, water=0.10, water_km=2.0, detached=0.16, worn=-0.17, renovated=0.10, noise=0.075),
    City("america/houston", "Houston", "USD", 2_900, houses=0.75, roominess=1.60, extent_km=38, age=32, storeys=16,
         size=-0.20, decline=-0.028, core_km=12, suburbs=0.12, floor=0.012, climb=-0.026, garden=0.020, wear=-0.075,
         charm=-0.04, water=-0.30, water_km=2.5, detached=0.20, worn=-0.22, renovated=0.07, noise=0.090),
    City("america/mexico-city", "Mexico City", "MXN", 62_000, houses=0.35, roominess=1.05, extent_km=22, age=35,
         storeys=14, size=-0.04, decline=-0.085, core_km=9, suburbs=0.10, floor=-0.014, climb=-0.040, garden=0.065,
         wear=-0.030, charm=0.12, water=0.02, water_km=1.0, detached=0.10, worn=-0.20, renovated=0.12, noise=0.120),
    City("america/toronto", "Toronto", "CAD", 11_500, houses=0.50, roominess=1.15, extent_km=28, age=42, storeys=45,
         size=-0.12, decline=-0.030, core_km=14, suburbs=0.05, floor=0.011, climb=-0.022, garden=0.050, wear=-0.022,
         charm=0.15, water=0.14, water_km=1.5, detached=0.24, worn=-0.12, renovated=0.09, noise=0.070),
    City("asia/mumbai", "Mumbai", "INR", 260_000, houses=0.08, roominess=0.75, extent_km=32, age=28, storeys=40,
         size=0.12, decline=-0.045, core_km=24, suburbs=0.04, floor=0.018, climb=-0.060, garden=0.020, wear=-0.065,
         charm=0.02, water=0.55, water_km=0.8, detached=0.35, worn=-0.30, renovated=0.15, noise=0.130),
    City("asia/singapore", "Singapore", "SGD", 17_500, houses=0.12, roominess=0.95, extent_km=16, age=24, storeys=40,
         size=-0.08, decline=-0.050, core_km=10, suburbs=0.02, floor=0.026, climb=-0.045, garden=0.040, wear=-0.115,
         charm=0.35, water=0.12, water_km=0.7, detached=0.55, worn=-0.08, renovated=0.06, noise=0.060),
    City("asia/tokyo", "Tokyo", "JPY", 1_150_000, houses=0.40, roominess=0.75, extent_km=24, age=26, storeys=35,
         size=0.02, decline=-0.058, core_km=15, suburbs=0.00, floor=0.016, climb=-0.030, garden=0.055, wear=-0.140,
         charm=-0.10, water=-0.06, water_km=0.8, detached=-0.12, worn=-0.16, renovated=0.05, noise=0.065),
    City("europe/dublin", "Dublin", "EUR", 6_900, houses=0.70, roominess=1.10, extent_km=16, age=48, storeys=9,
         size=-0.09, decline=-0.028, core_km=6, suburbs=0.24, floor=0.008, climb=-0.014, garden=0.045, wear=-0.010,
         charm=0.18, water=0.32, water_km=1.1, detached=0.20, worn=-0.21, renovated=0.13, noise=0.075),
    City("europe/lisbon", "Lisbon", "EUR", 6_400, houses=0.15, roominess=0.95, extent_km=14, age=55, storeys=12,
         size=0.03, decline=-0.095, core_km=7, suburbs=0.06, floor=0.004, climb=-0.055, garden=0.095, wear=-0.035,
         charm=0.16, water=0.38, water_km=0.9, detached=0.05, worn=-0.32, renovated=0.22, noise=0.095),
    City("europe/oslo", "Oslo", "NOK", 108_000, houses=0.35, roominess=0.95, extent_km=14, age=50, storeys=12,
         size=-0.18, decline=-0.040, core_km=6, suburbs=0.18, floor=0.017, climb=-0.006, garden=0.030, wear=-0.020,
         charm=0.22, water=0.26, water_km=1.3, detached=0.14, worn=-0.10, renovated=0.07, noise=0.055),
    City("europe/vienna", "Vienna", "EUR", 7_600, houses=0.18, roominess=1.00, extent_km=13, age=75, storeys=14,
         size=0.08, decline=-0.082, core_km=10, suburbs=0.02, floor=0.019, climb=-0.030, garden=0.070, wear=-0.045,
         charm=0.34, water=0.06, water_km=0.6, detached=0.02, worn=-0.18, renovated=0.11, noise=0.070),
    City("europe/warsaw", "Warsaw", "PLN", 19_500, houses=0.20, roominess=0.90, extent_km=15, age=40, storeys=17,
         size=-0.06, decline=-0.060, core_km=9, suburbs=0.08, floor=0.003, climb=-0.025, garden=0.050, wear=-0.058,
         charm=0.26, water=0.03, water_km=0.8, detached=-0.04, worn=-0.20, renovated=0.12, noise=0.075),
    City("oceania/auckland", "Auckland", "NZD", 9_900, houses=0.80, roominess=1.20, extent_km=22, age=45, storeys=20,
         size=-0.22, decline=-0.022, core_km=10, suburbs=0.14, floor=0.006, climb=-0.020, garden=0.120, wear=-0.018,
         charm=0.20, water=0.34, water_km=0.7, detached=0.36, worn=-0.08, renovated=0.10, noise=0.085),
    City("oceania/sydney", "Sydney", "AUD", 15_200, houses=0.55, roominess=1.15, extent_km=30, age=46, storeys=28,
         size=-0.12, decline=-0.034, core_km=18, suburbs=0.03, floor=0.012, climb=-0.018, garden=0.075, wear=-0.026,
         charm=0.14, water=0.62, water_km=1.6, detached=0.30, worn=-0.09, renovated=0.13, noise=0.080),
)
# fmt: on
