//! The size of the code in an object file.

/// The bytes of all executable sections of a 64-bit little-endian ELF file; none if it is something else.
pub(crate) fn code_size(file: &[u8]) -> Option<u64> {
    if !file.starts_with(b"\x7fELF\x02\x01") {
        return None;
    }
    let section_headers = usize::try_from(u64_at(file, 0x28)?).ok()?;
    let (entry_size, count) = (u16_at(file, 0x3a)?, u16_at(file, 0x3c)?);
    (0..count)
        .map(|i| {
            let header = file.get(section_headers + usize::from(i) * usize::from(entry_size)..)?;
            let executable = u64_at(header, 0x08)? & 0x4 != 0;
            Some(if executable { u64_at(header, 0x20)? } else { 0 })
        })
        .sum()
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::code_size;

    #[test]
    fn a_program_has_code_and_less_of_it_than_bytes() {
        let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        // What isn't ELF has no size that this could read.
        if let Some(code) = code_size(&program) {
            assert!((10_000..program.len() as u64).contains(&code), "{code} of {}", program.len());
        }
        assert_eq!(code_size(b"#!/bin/sh"), None);
        assert_eq!(code_size(b"\x7fELF\x02\x01"), None);
    }
}
