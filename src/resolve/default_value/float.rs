//! Floating-point defaults in one spelling: compilers write the same number differently.
//!
//! The spelling is protoc's (`SimpleFtoa`, `SimpleDtoa`): C's `%g` with as few digits as its two attempts need.

/// Respells the default of a `float`.
pub(super) fn single(text: &str) -> String {
    match text.parse::<f32>() {
        Ok(value) if value.is_finite() => {
            let short = format!("{:.5e}", value);
            let is_exact = short.parse::<f32>().is_ok_and(|parsed| parsed == value);
            general(if is_exact { short } else { format!("{:.8e}", value) }, if is_exact { 6 } else { 9 })
        }
        _ => text.to_owned(),
    }
}

/// Respells the default of a `double`.
pub(super) fn double(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => {
            let short = format!("{:.14e}", value);
            let is_exact = short.parse::<f64>().is_ok_and(|parsed| parsed == value);
            general(if is_exact { short } else { format!("{:.16e}", value) }, if is_exact { 15 } else { 17 })
        }
        _ => text.to_owned(),
    }
}

/// C's `%.{precision}g` of a number in Rust's scientific notation, `-1.25000e-7`.
fn general(scientific: String, precision: i32) -> String {
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let Ok(exponent) = exponent.parse::<i32>() else { return scientific };
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |mantissa| ("-", mantissa));
    let all_digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = all_digits.trim_end_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let (first, rest) = digits.split_at(1);
    if exponent < -4 || exponent >= precision {
        let point = if rest.is_empty() { "" } else { "." };
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{first}{point}{rest}e{exponent_sign}{:02}", exponent.abs());
    }
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    if exponent < 0 {
        return format!("{sign}0.{}{digits}", zeros(-exponent - 1));
    }
    let whole = usize::try_from(exponent).unwrap_or_default() + 1;
    match digits.split_at_checked(whole) {
        Some((whole, "")) => format!("{sign}{whole}"),
        Some((whole, fraction)) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{digits}{}", "0".repeat(whole - digits.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::{double, single};

    #[test]
    fn numbers_are_spelled_as_protoc_spells_them() {
        for (text, expected) in [
            ("2.718280076980591", "2.71828"),
            ("2.71828", "2.71828"),
            ("100000002004087730000", "1e+20"),
            ("1e-07", "1e-07"),
            ("0", "0"),
            ("-0", "-0"),
            ("100000", "100000"),
            ("1e6", "1e+06"),
            ("0.0001", "0.0001"),
            ("16777216", "16777216"),
            ("3.4028235e+38", "3.40282347e+38"),
            ("inf", "inf"),
            ("nan", "nan"),
        ] {
            assert_eq!(single(text), expected, "{text}");
        }
        for (text, expected) in [
            ("5e-324", "4.94065645841247e-324"),
            ("0.30000000000000004", "0.30000000000000004"),
            ("-1.5", "-1.5"),
            ("1e100", "1e+100"),
        ] {
            assert_eq!(double(text), expected, "{text}");
        }
    }
}
