//! The known name that a misspelt one was probably meant to be.

/// ` (did you mean NAME?)` when one of `known` is close to `wrong`, else nothing.
pub(super) fn did_you_mean<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> String {
    let closest = known.map(|name| (distance(wrong, name), name)).min();
    match closest {
        Some((d, name)) if d <= 1 + wrong.chars().count() / 4 => format!(" (did you mean {name}?)"),
        _ => String::new(),
    }
}

/// How many characters must be inserted, deleted or replaced to turn one name into the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let replaced = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = replaced.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_is_recognised_and_a_strange_one_is_not() {
        let known = ["n_requests", "seconds"];
        assert_eq!(did_you_mean("n_request", known.into_iter()), " (did you mean n_requests?)");
        assert_eq!(did_you_mean("zzz", known.into_iter()), "");
    }
}
