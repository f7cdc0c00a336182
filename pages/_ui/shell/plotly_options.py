"""How every plotly chart behaves: no logo, nothing sent anywhere."""

from typing import Any

PLOTLY_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d"],
}
