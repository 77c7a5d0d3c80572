package dev.firstday.trainer.check;

/** What answers lead to: the end, or more questions. */
sealed interface Step permits Inquiry, Reading {}
