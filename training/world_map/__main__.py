"""Build ``src/sayso/plotting/data/world.json.gz``; the same source makes the same bytes.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.world_map package/countries-50m.json

The source is Natural Earth's map of countries at 1:50 million as TopoJSON: borders are stored once, as arcs, which the
rings of the countries on both sides name. We keep that, and leave out what a picture does not need: the joint outline
of all land, and properties other than the code and name of a country.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

from sayso.plotting.world import MAP_FILE

SOURCE = "Natural Earth 1:50m countries, version 4.1, by way of world-atlas 2.0.2"
TERMS = "public domain; boundaries are those in force on the ground as Natural Earth sees them, and no statement"


def rings_of(shape: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a TopoJSON polygon or polygons, each as the numbers of its arcs."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [ring for polygon in polygons for ring in polygon]


def trimmed(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the map as it is packaged: where it comes from, how its numbers are scaled, its arcs, its countries."""
    shapes = topology["objects"]["countries"]["geometries"]
    countries = [{"name": shape["properties"]["name"], "rings": rings_of(shape)} for shape in shapes if shape["type"]]
    return {
        "source": SOURCE,
        "terms": TERMS,
        "scale": topology["transform"]["scale"],
        "translate": topology["transform"]["translate"],
        "arcs": topology["arcs"],
        "countries": sorted(countries, key=lambda country: str(country["name"])),
    }


def main() -> None:
    """Read the TopoJSON named on the command line and write the packaged map."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    packed = json.dumps(trimmed(topology), separators=(",", ":"), ensure_ascii=False).encode()
    MAP_FILE.write_bytes(gzip.compress(packed, compresslevel=9, mtime=0))
    print(f"{MAP_FILE}: {MAP_FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
