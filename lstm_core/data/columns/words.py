"""What a column's name says of its part, in the words of several languages.

Names are evidence of the second rank: what a column is follows from its values first.
"""

from __future__ import annotations

from collections.abc import Iterable

from lstm_core.data.columns.markets import rank_in_market
from lstm_core.data.columns.splitting import split_words

_CLOSES = frozenset({
    "close", "last", "closing", "schluss", "schlusskurs", "cierre", "ultimo", "cloture",
    "dernier", "chiusura", "slotkoers", "zuletzt",
})  # fmt: skip
_SURE_CLOSES = _CLOSES - {"last", "ultimo", "dernier"}
"""Without another price or a volume beside them as well: "last" may be anything."""

_AIMS = frozenset({
    "value", "sales", "demand", "load", "passengers", "consumption", "count", "revenue",
    "units", "unit", "qty", "quantity", "quantities", "sold", "orders", "bookings", "tickets",
    "usage", "turnover", "output", "production", "generation", "menge", "stuck", "stueck",
    "anzahl", "absatz", "umsatz", "nachfrage", "verbrauch", "quantite", "unites",
    "ventes", "demande", "ventas", "cantidad", "unidades", "demanda", "vendite", "quantita",
    "domanda", "vendas", "quantidade", "aantal", "verkoop", "afzet", "omzet", "sprzedaz",
    "ilosc", "satis", "adet", "forsaljning", "antal", "salg", "myynti", "prodej", "продажи",
    "количество", "спрос", "销量", "销售", "销售额", "数量", "需求", "売上", "販売数",
    "需要", "판매", "판매량", "수량",
})  # fmt: skip
_AIM_STEMS = ("quantit", "verkauf", "absatz", "umsatz", "menge", "销", "売上", "판매")

_PRICES = frozenset({
    "price", "prices", "cost", "costs", "prix", "cena", "ceny", "pris", "fare", "tariff",
    "discount", "rabatt", "remise", "descuento", "sconto", "korting", "promo", "promotion",
    "promotions", "holiday", "campaign", "aktion", "budget", "fiyat", "цена",
})  # fmt: skip
_PRICE_STEMS = ("price", "preis", "precio", "preco", "prezzo", "prijs", "价", "価", "値段", "가격")
_AMOUNTS = (_AIMS - {"value"}) | frozenset({
    "visitors", "visits", "customers", "guests", "footfall", "riders", "patients", "calls",
    "besucher", "kunden", "visiteurs", "clients", "clientes", "visitantes", "visitatori",
    "bezoekers",
})  # fmt: skip

_SUMS = frozenset({
    "amount", "amounts", "betrag", "montant", "importe", "importo", "valor", "bedrag", "kwota",
    "belopp", "tutar", "сумма", "paid", "payment", "payments", "spend", "spent", "spending",
    "expense", "expenses", "income", "earnings", "debit", "credit", "deposit", "withdrawal",
    "transaction", "transactions", "ausgaben", "einnahmen", "total", "distance", "distanz",
    "duration", "dauer", "steps", "schritte", "calories", "rain", "rainfall", "precipitation",
    "niederschlag", "pluie", "lluvia", "snowfall", "energy", "kwh", "mwh", "wh", "clicks",
    "impressions", "sessions", "views", "pageviews", "downloads", "installs", "signups",
    "deaths", "cases", "births", "accidents", "trips", "rides", "pickups", "events", "minutes",
    "volume", "金额", "金額", "合計", "금액",
})  # fmt: skip
"""What adds up over a day, beside amounts."""
_MEANS = frozenset({
    "temp", "temperature", "temperatur", "temperatura", "tmp", "tmpf", "tmpc", "rate", "rates",
    "percent", "percentage", "pct", "prozent", "ratio", "share", "pressure", "druck", "humidity",
    "feuchte", "speed", "geschwindigkeit", "wind", "bpm", "hr", "heart", "pulse", "avg",
    "average", "mean", "median", "mittel", "mittelwert", "index", "concentration", "pm", "co",
    "ozone", "voltage", "spannung", "current", "frequency", "power", "leistung", "watt", "kw",
    "mw", "glucose", "mood", "score", "rating", "ph", "density", "efficiency", "utilization",
    "utilisation", "cpu", "latency", "exchange", "yield", "kurs", "weight", "gewicht",
    "throughput", "load",
})  # fmt: skip
_LEVELS = frozenset({
    "balance", "kontostand", "saldo", "solde", "stand", "zählerstand", "inventory", "stock",
    "bestand", "odometer", "cumulative", "kumuliert", "zuletzt", "close", "closing", "saldi",
    "reading", "meter", "zahlerstand", "onhand", "backlog",
})  # fmt: skip

_SERIES = frozenset({
    "sensor", "station", "device", "entity", "store", "shop", "item", "product", "symbol",
    "ticker", "metric", "variable", "parameter", "indicator", "measure", "site", "location",
    "machine", "meter", "instance", "series", "unique", "sku", "node", "host",
    "server", "vehicle", "artikel", "filiale", "standort", "gerat", "messstelle", "produkt",
    "magasin", "tienda", "producto", "negozio", "prodotto", "capteur",
})  # fmt: skip
"""What has a series of its own, beside what names itself an id."""
_PARTIES = frozenset({
    "customer", "customers", "client", "user", "buyer", "payee", "merchant", "vendor", "kunde",
    "invoice", "order", "transaction", "booking", "ticket", "receipt", "cashier", "employee",
    "rechnung", "bestellung", "auftrag", "cliente", "pedido", "facture", "commande",
})  # fmt: skip
"""Who or what is there once or a few times: events have these, series don't."""
_WEATHER = frozenset({
    "temp", "temperature", "temperatur", "temperatura", "humidity", "feuchte", "wind",
    "windspeed", "rain", "rainfall", "precipitation", "niederschlag", "pressure", "luftdruck",
    "sunshine", "cloud", "clouds", "dewpoint", "weather",
})  # fmt: skip
"""What stands beside something that depends on it, unless it is all there is."""

_DERIVED = frozenset({
    "forecast", "forecasts", "forecasted", "fcst", "prognose", "vorhersage", "prevision",
    "predicted", "prediction", "predictions", "estimate", "estimated", "expected", "planned",
    "plan", "budget", "goal", "previous", "prev", "prior", "vorjahr", "vormonat", "change",
    "changes", "chg", "delta", "diff", "difference", "differenz", "veranderung", "aenderung",
    "variation", "return", "returns", "pct", "error", "residual", "std", "stdev", "deviation",
    "lower", "upper", "flag", "flags", "quality", "row", "index", "lag", "rank",
})  # fmt: skip
"""What was made of something else, or stands beside it for comparison."""
_PLACES = frozenset({
    "lat", "latitude", "lon", "lng", "long", "longitude", "breitengrad", "langengrad", "latitud",
    "longitud", "altitude", "elevation",
})  # fmt: skip

_IDS = frozenset({
    "id", "ids", "uid", "uuid", "guid", "code", "key", "sku", "ean", "upc", "isbn", "asin",
    "gtin", "zip", "plz", "postcode", "phone", "barcode", "artikelnummer", "kundennummer",
    "unnamed",
})  # fmt: skip
_ENDINGS_OF_IDS = frozenset({
    "nr", "no", "num", "number", "nummer", "numero",
})  # fmt: skip


def names_price(name: str) -> bool:
    """Whether a name speaks of what is set, not of what comes out: a price, a promotion."""
    words = split_words(name)
    return any(word in _PRICES or any(stem in word for stem in _PRICE_STEMS) for word in words)


def names_amount(name: str) -> bool:
    """Whether a name speaks of how much or how many there were."""
    words = split_words(name)
    return not names_price(name) and any(_is_aim(word, _AMOUNTS) for word in words)


def names_sum(name: str) -> bool:
    """Whether values of one day add up: an amount, or what is paid, walked, rained."""
    words = set(split_words(name))
    return not words & _MEANS and (names_amount(name) or bool(words & _SUMS))


def names_mean(name: str) -> bool:
    """Whether values of one day have a mean but no sum: a temperature, a rate."""
    words = set(split_words(name))
    return "%" in name or bool(words & _MEANS)


def names_level(name: str) -> bool:
    """Whether the last of several values is what there is then: a balance, a stock."""
    return bool(_LEVELS & set(split_words(name)))


def names_owner(name: str) -> bool:
    """Whether a name speaks of what may have a series of its own: a sensor, a shop, an id."""
    words = set(split_words(name))
    return not words & _PARTIES and (names_id(name) or bool(_SERIES & words))


def names_id(name: str) -> bool:
    """Whether a name speaks of a number that stands for a thing."""
    words = split_words(name)
    if not words:
        return False
    return bool(_IDS & set(words)) or (len(words) > 1 and words[-1] in _ENDINGS_OF_IDS)


def names_place(name: str) -> bool:
    """Whether a name speaks of where something is."""
    words = split_words(name)
    return bool(words) and words[-1] in _PLACES


def rank_name(name: str, others: Iterable[str]) -> float:
    """Say how strongly a name asks to be predicted, from 4 (it says so) to 0 (no sign of it).

    Below 0 is what was made of something else, such as a forecast or a change.

    Args:
        others: all names of the table; a closing price is known by what stands beside it.
    """
    words = split_words(name)
    if words in (("target",), ("y",), ("label",)):
        return 4
    in_market = rank_in_market(name, others)
    if in_market is not None:
        return in_market
    if words and (set(words) <= _CLOSES or (len(words) <= 3 and set(words) & _SURE_CLOSES)):
        return 2
    if set(words) & _DERIVED or set(name.strip()) <= set("+-/% ±Δ"):
        return -1
    is_aim = any(_is_aim(word, _AIMS) for word in words) and not names_price(name)
    if is_aim or words == ("price",):
        return 1
    if set(words) & _WEATHER:
        return -0.5
    if names_price(name):
        return 0
    return 0.75 if names_level(name) else 0.5 if names_sum(name) else 0


def _is_aim(word: str, words: frozenset[str]) -> bool:
    return word in words or any(stem in word for stem in _AIM_STEMS)
