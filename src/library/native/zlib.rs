//! `_zlib`: deflate and its inverse without headers, and the two checksums.

use std::rc::Rc;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::{add_functions, bytes, int, required};
use crate::python::module::Module;
use crate::python::value::Value;
use crate::python::vm::Vm;

/// What `zlib` is made of.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("deflate", |vm, args| {
                let data = required(vm, args, 0, "data")?;
                let data = bytes(vm, data)?;
                let level = int(vm, args, 1, "level")?.clamp(0, 9) as u8;
                Ok(Value::bytes(compress_to_vec(&data, level)))
            }),
            // `(bytes, how many of the input they were made of)`; `None`: more input is needed; `False`: it is wrong.
            ("inflate", |vm, args| {
                let data = required(vm, args, 0, "data")?;
                let data = bytes(vm, data)?;
                Ok(match inflate(&data) {
                    Inflated::All(out, used) => Value::tuple([Value::bytes(out), Value::from(used)]),
                    Inflated::Part(out) => Value::tuple([Value::bytes(out), Value::None]),
                    Inflated::Wrong => Value::bool(false),
                })
            }),
            ("adler32", |vm, args| {
                let data = required(vm, args, 0, "data")?;
                let (data, value) = (bytes(vm, data)?, int(vm, args, 1, "value")? as u32);
                Ok(Value::Int(adler32(&data, value) as i64))
            }),
            ("crc32", |vm, args| {
                let data = required(vm, args, 0, "data")?;
                let (data, value) = (bytes(vm, data)?, int(vm, args, 1, "value")? as u32);
                Ok(Value::Int(crc32(&data, value) as i64))
            }),
        ],
    );
}

enum Inflated {
    /// The stream ended after so many bytes of the input.
    All(Vec<u8>, usize),
    /// The input ended before the stream.
    Part(Vec<u8>),
    Wrong,
}

fn inflate(data: &[u8]) -> Inflated {
    let mut state = Box::<DecompressorOxide>::default();
    let mut out = vec![0; (data.len() * 2).max(64)];
    let (mut read, mut written) = (0, 0);
    loop {
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, in_now, out_now) = decompress(&mut state, &data[read..], &mut out, written, flags);
        read += in_now;
        written += out_now;
        match status {
            TINFLStatus::Done => {
                out.truncate(written);
                return Inflated::All(out, read);
            }
            TINFLStatus::HasMoreOutput => out.resize(out.len() * 2, 0),
            TINFLStatus::NeedsMoreInput | TINFLStatus::FailedCannotMakeProgress => {
                out.truncate(written);
                return Inflated::Part(out);
            }
            _ => return Inflated::Wrong,
        }
    }
}

fn adler32(data: &[u8], value: u32) -> u32 {
    let (mut low, mut high) = (value & 0xffff, value >> 16);
    for byte in data {
        low = (low + *byte as u32) % 65521;
        high = (high + low) % 65521;
    }
    high << 16 | low
}

fn crc32(data: &[u8], value: u32) -> u32 {
    let mut table = [0u32; 256];
    for (n, entry) in table.iter_mut().enumerate() {
        *entry = (0..8).fold(n as u32, |c, _| if c & 1 == 1 { 0xedb8_8320 ^ c >> 1 } else { c >> 1 });
    }
    !data.iter().fold(!value, |c, byte| table[((c ^ *byte as u32) & 0xff) as usize] ^ c >> 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_zlib() {
        assert_eq!(adler32(b"Wikipedia", 1), 0x11e6_0398);
        assert_eq!(crc32(b"123456789", 0), 0xcbf4_3926);
    }

    #[test]
    fn what_was_deflated_inflates_to_itself_and_tells_its_length() {
        let data: Vec<u8> = (0..5000u32).map(|n| (n * n % 251) as u8).collect();
        let mut packed = compress_to_vec(&data, 6);
        let n = packed.len();
        assert!(n < data.len());
        assert!(matches!(inflate(&packed[..n / 2]), Inflated::Part(_)));
        packed.extend(b"tail");
        assert!(matches!(inflate(&packed), Inflated::All(out, used) if out == data && used == n));
        assert!(matches!(inflate(&[0xff; 20]), Inflated::Wrong));
    }
}
