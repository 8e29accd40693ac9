"""The tables that can be imported, in the order an office needs them."""

from shuangbi.exchange.importer import Importer
from shuangbi.exchange.importers import claims, figures, participants, people, projects, targets, units

IMPORTERS: dict[str, Importer] = {
    module.IMPORTER.name: module.IMPORTER
    for module in (units, people, projects, participants, targets, figures, claims)
}
