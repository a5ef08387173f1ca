"""Sales of homes in the cities of cities.py: a generator, since no such table may be shipped. Every figure is made up.

A city's homes are drawn first: flats near the centre, houses with gardens further out, lifts in tall blocks and new
ones, old buildings worn or renovated. Then each is priced as the city's market prices: by the square metre, with a share
more or less for everything that City names, and last by what its buyer happened to pay. So a price is known up to the
noise of its market, and no model can be closer than that.
"""

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from cities import City

YEAR = 2025
"""In which the homes are sold."""
NUMBERS = ("area_m2", "rooms", "floor", "floors_on_foot", "distance_km", "water_km", "year_built", "garden_m2")
"""floors_on_foot: to climb, 0 with a lift; distance_km: to the centre; water_km: to the sea, a river or a lake."""
CATEGORIES = {"kind": ("flat", "terraced", "detached"), "condition": ("worn", "fair", "renovated")}
COLUMNS = (*NUMBERS, *CATEGORIES)
REQUIRED = ("area_m2",)
LIMITS = {
    "area_m2": (15, 1000),
    "rooms": (1, 30),
    "floor": (0, 100),
    "floors_on_foot": (0, 100),
    "distance_km": (0, 100),
    "water_km": (0, 500),
    "year_built": (1500, YEAR),
    "garden_m2": (0, 50_000),
}
"""Within which a number is taken for one of a home, and not for a slip."""
TRAINING, HELD_OUT = 0, 1
"""Seeds of sales that have nothing in common."""


@dataclass(frozen=True)
class Sales:
    """Homes, an array of values for each of COLUMNS, and what each was sold for, in the city's currency."""

    homes: dict[str, np.ndarray]
    prices: np.ndarray

    def instances(self) -> list[dict[str, Any]]:
        """The homes as a request has them."""
        columns = {name: values.tolist() for name, values in self.homes.items()}
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def rows(self) -> np.ndarray:
        """The homes as the preprocessing step has them, an object array of shape (homes, COLUMNS)."""
        return np.array(list(zip(*(values.tolist() for values in self.homes.values()), strict=True)), dtype=object)


def make_sales(city: City, count: int, seed: int) -> Sales:
    """The same ones each time, whatever other cities there are."""
    chance = np.random.default_rng([zlib.crc32(city.key.encode()), seed])
    homes = build_homes(city, count, chance)
    prices = city.price_per_m2 * homes["area_m2"] * np.exp(value(city, homes) + chance.normal(0, city.noise, count))
    return Sales(homes, prices.round(-2 if city.price_per_m2 < 100_000 else -4))


def build_homes(city: City, count: int, chance: np.random.Generator) -> dict[str, np.ndarray]:
    is_house = chance.random(count) < city.houses
    distance = city.extent_km * np.where(is_house, chance.beta(2.4, 2.2, count), chance.beta(1.4, 2.8, count))
    is_detached = is_house & (chance.random(count) < 0.25 + 0.5 * distance / city.extent_km)
    typical = np.where(is_detached, 140, np.where(is_house, 105, 68)) * city.roominess
    area = (typical * np.exp(chance.normal(0, 0.32, count))).clip(20, 600).round()
    rooms = (area / (22 + 8 * city.roominess) + chance.normal(0.6, 0.5, count)).round().clip(1, 12)

    old = chance.random(count) < min(0.6, city.age / 250)
    age = np.where(old, chance.uniform(80, 160, count), chance.gamma(1.8, city.age / 2.4, count))
    year = (YEAR - age).clip(1850, YEAR - 1).round()
    tallest = np.where(year < 1950, 6, city.storeys)
    floor = np.where(is_house, 0, np.floor(tallest * chance.beta(1.1, 2.0, count)))
    has_lift = (floor > 6) | (chance.random(count) < np.where(year < 1950, 0.35, 0.8))
    garden = np.where(is_house, 120 * city.roominess * np.exp(0.03 * distance + chance.normal(0, 0.6, count)), 0)
    garden = np.where(is_house, garden, np.where((floor == 0) & (chance.random(count) < 0.4), 40, 0))

    worse = np.minimum(0.5, (YEAR - year) / 160)
    mood = chance.random(count)
    return {
        "area_m2": area.astype(int),
        "rooms": rooms.astype(int),
        "floor": floor.astype(int),
        "floors_on_foot": np.where(has_lift, 0, floor).astype(int),
        "distance_km": distance.round(1),
        "water_km": chance.gamma(1.3, city.extent_km / 7, count).round(1),
        "year_built": year.astype(int),
        "garden_m2": garden.round(-1).astype(int),
        "kind": np.where(is_detached, "detached", np.where(is_house, "terraced", "flat")),
        "condition": np.where(mood < worse * 0.6, "worn", np.where(mood > 1 - worse * 0.7, "renovated", "fair")),
    }


def value(city: City, homes: dict[str, np.ndarray]) -> np.ndarray:
    """What each home has over one that is typical of the city's centre, as a logarithm."""
    distance, floor, year = homes["distance_km"], homes["floor"], homes["year_built"]
    beyond = (distance - city.core_km - city.extent_km / 3) / (city.extent_km / 5)
    seen = 1 + 0.1 * floor.clip(0, 10)
    return (
        city.size * np.log2(homes["area_m2"] / 80)
        + city.decline * np.minimum(distance, city.core_km)
        + city.suburbs * np.exp(-np.square(beyond))
        + city.floor * floor.clip(0, 10)
        + city.climb * homes["floors_on_foot"]
        + city.garden * np.log2(1 + homes["garden_m2"] / 100)
        + city.wear * ((YEAR - year) / 10).clip(0, 6)
        + city.charm * (year < 1915)
        + city.water * np.exp(-homes["water_km"] / city.water_km) * seen
        + city.detached * np.select([homes["kind"] == "detached", homes["kind"] == "terraced"], [1, 0.5], 0)
        + np.select([homes["condition"] == "worn", homes["condition"] == "renovated"], [city.worn, city.renovated], 0)
    )
