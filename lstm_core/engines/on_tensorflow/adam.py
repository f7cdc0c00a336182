"""A variable's change by Adam in one operation."""

from __future__ import annotations

from typing import Any

import tensorflow as tf


def can_change(gradient: Any, variable: Any) -> bool:
    """Whether each number has a slope; what looks rows up has those of some rows alone."""
    return isinstance(gradient, tf.Tensor) and gradient.dtype == variable.dtype == tf.float32


def change(
    variable: Any, gradient: Any, moments: tuple[Any, Any], rate: Any, **options: Any
) -> None:
    """Change a variable by ``ResourceApplyAdam``: the formula is Keras's, and so is its epsilon.

    Args:
        moments: two variables of Keras's.
        options: ``beta1, beta2, epsilon``, and the powers of the first two, ``beta1_power`` and
            ``beta2_power``.
    """
    first, second = (moment.value.handle for moment in moments)
    tf.raw_ops.ResourceApplyAdam(
        var=variable.handle,
        m=first,
        v=second,
        lr=tf.cast(rate, tf.float32),
        grad=gradient,
        **options,
    )
