"""The tables that can be taken away, in the columns in which they come in."""

from shuangbi.exchange.exporter import Exporter
from shuangbi.exchange.exporters import claims, people, projects, targets, units

EXPORTERS: dict[str, Exporter] = {
    module.EXPORTER.name: module.EXPORTER for module in (units, people, projects, targets, claims)
}
