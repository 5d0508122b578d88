//! The weights file: its checksum holds, and a file that is not whole is refused with the reason.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use encoder::{Encoder, FORMAT, Kernel, WeightsError};

fn file() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/weights/en-4.onrecord")).unwrap()
}

fn refusal(bytes: Vec<u8>) -> WeightsError {
    Encoder::from_bytes(bytes, Kernel::Scalar).unwrap_err()
}

#[test]
fn the_shipped_file_is_whole() {
    let encoder = Encoder::from_bytes(file(), Kernel::Scalar).unwrap();
    assert_eq!(encoder.version(), "en-4");
    assert!(encoder.origin().contains("SHA-256"));
    assert_eq!(encoder.labels().attribution[5], "B-CON");
    assert_eq!(encoder.attribution_transitions().len(), 49);
    assert!(file().len() <= 40_000_000);
}

#[test]
fn the_card_states_the_checksum() {
    let card = include_str!("../weights/CARD.md");
    let sum = u64::from_le_bytes(file()[24..32].try_into().unwrap());
    assert!(card.contains(&format!("{sum:016x}")), "XXH64 {sum:016x} is not in weights/CARD.md");
}

#[test]
fn another_kind_of_file_is_refused() {
    assert_eq!(refusal(b"PNG".to_vec()), WeightsError::Magic);
    assert_eq!(refusal(Vec::new()), WeightsError::Magic);
    assert!(WeightsError::Magic.to_string().starts_with("not a weights file"));
}

#[test]
fn another_format_is_refused() {
    let mut bytes = file();
    bytes[8..12].copy_from_slice(&(FORMAT + 1).to_le_bytes());
    assert_eq!(refusal(bytes), WeightsError::Format { found: FORMAT + 1 });
}

#[test]
fn a_cut_file_is_refused() {
    let whole = file();
    for length in [8, 12, 31, 32, 1000, whole.len() - 1] {
        assert!(matches!(refusal(whole[..length].to_vec()), WeightsError::Size { .. }), "{length}");
    }
}

#[test]
fn a_changed_byte_is_found() {
    for at in [40, 20_000, 20_000_000] {
        let mut bytes = file();
        bytes[at] ^= 1;
        assert!(matches!(refusal(bytes), WeightsError::Checksum { .. }), "{at}");
    }
}
