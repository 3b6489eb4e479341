use std::collections::BTreeMap;

use super::*;

fn check(value: f64, from: &str, to: &str, expected: f64) {
    let found = convert(value, from, to).unwrap_or_else(|| panic!("{from} to {to}"));
    let close = (found - expected).abs() <= expected.abs() * 1e-12;
    assert!(close, "{value} {from} = {found} {to}, not {expected}");
}

#[test]
fn units_convert() {
    check(12.5, "mm", "cm", 1.25);
    check(1.0, "inch", "mm", 25.4);
    check(3.0, "Zoll", "m", 0.0762);
    check(15.0, "µm", "mm", 0.015);
    check(15.0, "um", "mm", 0.015);
    check(15.0, "μm", "mm", 0.015);
    check(180.0, "°", "rad", std::f64::consts::PI);
    check(100.0, "gon", "độ", 90.0);
    check(30.0, "'", "°", 0.5);
    check(1.0, "tấn", "kg", 1000.0);
    check(7.85, "kg/dm³", "kg/m3", 7850.0);
    check(1.0, "kN", "N", 1000.0);
    check(1.0, "kgf", "N", 9.80665);
    check(210_000.0, "N/mm²", "GPa", 210.0);
    check(6.0, "bar", "N/mm^2", 0.6);
    check(1.0, "MPa", "bar", 10.0);
    check(1.0, "psi", "Pa", 6_894.757_293_168_361);
    check(120.0, "m/min", "mm/phút", 120_000.0);
    check(1.0, "m/s", "m/ph", 60.0);
    check(36.0, "km/h", "m/s", 10.0);
    check(25.0, "1/s", "1/min", 1500.0);
    check(1500.0, "vòng/phút", "U/min", 1500.0);
    check(1500.0, "min⁻¹", "min-1", 1500.0);
    check(0.4, "kV", "V", 400.0);
    check(20.0, "mA", "A", 0.02);
    check(4.7, "kΩ", "Ohm", 4700.0);
    check(1.5, "kW", "W", 1500.0);
    check(1.0, "PS", "W", 735.49875);
    check(1.0, "hp", "W", 745.699_871_582_270_2);
    check(1.0, "kWh", "MJ", 3.6);
    check(20.0, "°C", "K", 293.15);
    check(212.0, "°F", "°C", 100.0);
    check(-40.0, "°C", "độ F", -40.0);
    check(50.0, "N m", "N*mm", 50_000.0);
    check(12.0, "l/min", "L/s", 0.2);
    check(0.1, "mm/U", "mm/vòng", 0.1);
    check(5.0, "%", "‰", 50.0);
}

#[test]
fn capitals_matter_only_where_they_must() {
    check(1.0, "MM", "mm", 1.0);
    check(1.0, "Kw", "kW", 1.0);
    check(1.0, "MW", "mW", 1e9);
    check(1.0, "MΩ", "mΩ", 1e9);
    check(1.0, "ohm", "Ω", 1.0);
    // the sign of its own for the ohm, which NFC makes a letter
    check(1.0, "\u{2126}", "Ω", 1.0);
    check(1.0, "BAR", "bar", 1.0);
    check(1.0, "Mpa", "MPa", 1.0);
    assert_eq!(convert(1.0, "mm", "kg"), None);
    assert_eq!(convert(1.0, "mm", "ell"), None);
    assert_eq!(convert(1.0, "", "mm"), None);
    assert_eq!(shown_unit("um"), Some("µm"));
    assert_eq!(shown_unit("N/mm2"), Some("MPa"));
    assert!(is_known_unit("độ C") && !is_known_unit("kilo"));
}

#[test]
fn each_spelling_names_one_unit() {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for unit in UNITS {
        assert!(unit.factor.is_finite() && unit.factor > 0.0);
        for name in unit.names {
            let former = seen.insert(key(name), unit.names[0]);
            assert!(former.is_none_or(|former| former == unit.names[0]), "{name}");
            assert!(is_known_unit(name), "{name}");
        }
    }
}

fn rule(unit: &str, typed: UnitTyped) -> UnitRule {
    UnitRule {
        unit: unit.to_owned(),
        typed,
        penalty: 0.25,
        own: vec![OwnUnit {
            name: "hộp".to_owned(),
            factor: 12.0,
        }],
    }
}

fn check_in_unit(rule: &UnitRule, value: f64, written: &str, expected: InUnit) {
    assert_eq!(
        in_unit(rule, value, written),
        expected,
        "{value} {written:?} {rule:?}"
    );
}

#[test]
fn typed_units_are_judged_by_the_authors_rule() {
    use UnitTyped::{Given, Optional, Required};
    for typed in [Given, Optional, Required] {
        let rule = rule("mm", typed);
        check_in_unit(&rule, 12.5, "mm", InUnit::Converted(12.5));
        check_in_unit(&rule, 1.25, "cm", InUnit::Converted(12.5));
        check_in_unit(&rule, 12.5, "kg", InUnit::Wrong(12.5));
        check_in_unit(&rule, 12.5, "mmm", InUnit::Wrong(12.5));
        check_in_unit(&rule, 2.0, "Hộp", InUnit::Wrong(2.0));
        check_in_unit(&rule, 2.0, "hộp", InUnit::Converted(24.0));
    }
    check_in_unit(&rule("mm", Given), 12.5, "", InUnit::Converted(12.5));
    check_in_unit(&rule("mm", Optional), 12.5, " ", InUnit::Converted(12.5));
    check_in_unit(&rule("mm", Required), 12.5, "", InUnit::Missing(12.5));
    // a unit that the table does not know equals itself
    check_in_unit(&rule("cái", Required), 3.0, "cái", InUnit::Converted(3.0));
    check_in_unit(&rule("cái", Required), 3.0, "mm", InUnit::Wrong(3.0));
}

#[test]
fn what_is_left_out_has_its_default() {
    let rule: UnitRule = serde_json::from_str(r#"{"unit": "mm"}"#).unwrap();
    assert_eq!(
        (rule.typed, rule.penalty, rule.own.len()),
        (UnitTyped::Given, 1.0, 0)
    );
}
