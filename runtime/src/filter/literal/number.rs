//! Parsers of numbers.

/// Returns the text if it can be a decimal number: it starts with a digit, after an optional minus, and has digits on both
/// sides of its dot. `inf` and `nan` are rejected. The parser of floats rejects other malformed texts.
pub(in crate::filter) fn parse_decimal(text: Option<&str>) -> Option<&str> {
    let unsigned = text?.strip_prefix('-').or(text)?;
    let has_fraction_digits = unsigned.split_once('.').is_none_or(|(_, fraction)| starts_with_digit(fraction));
    let is_decimal = unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    if starts_with_digit(unsigned) && has_fraction_digits && is_decimal { text } else { None }
}

/// Parses an integer exactly, with or without an exponent. Examples: `5`, `-3`, `1e6`, `2.50e1`.
///
/// The result has at most 20 digits; the caller checks its range.
pub(super) fn parse_integer(text: Option<&str>) -> Option<i128> {
    const MOST_DIGITS: i64 = 20;
    let text = text?;
    if !text.starts_with('+')
        && let Ok(value) = text.parse::<i64>()
    {
        return Some(value.into());
    }
    let (is_negative, number) = text.strip_prefix('-').map_or((false, text), |number| (true, number));
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (number, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let digits = || whole.bytes().chain(fraction.bytes()).skip_while(|digit| *digit == b'0');
    let trailing = digits().fold(0, |zeros: i64, digit| if digit == b'0' { zeros + 1 } else { 0 });
    let significant = i64::try_from(digits().count()).ok()?;
    // The exponent moves the dot: the number of digits left of the dot, and the number of zeros at the end.
    let fraction = i64::try_from(fraction.len()).ok()?;
    let (length, zeros) = (exponent.checked_add(significant - fraction)?, exponent.checked_add(trailing - fraction)?);
    if significant == 0 {
        return Some(0);
    }
    if zeros < 0 || length > MOST_DIGITS {
        return None;
    }
    let all = digits().chain(std::iter::repeat(b'0')).take(usize::try_from(length).ok()?);
    let value = all.fold(0, |value: i128, digit| value * 10 + i128::from(digit - b'0'));
    Some(if is_negative { -value } else { value })
}

/// Parses an exponent of any length, and saturates.
fn parse_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !is_digits(digits) {
        return None;
    }
    // No text of a filter has enough digits to compensate a larger exponent.
    const MAX_EXPONENT: i64 = i64::MAX / 4;
    let value =
        digits.bytes().fold(0_i64, |value, digit| value.saturating_mul(10).saturating_add((digit - b'0').into()));
    Some(if text.starts_with('-') { -value.min(MAX_EXPONENT) } else { value.min(MAX_EXPONENT) })
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|character: char| character.is_ascii_digit())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
