//! `_hashlib`: digests.

use std::rc::Rc;

use blake2::digest::core_api::{Block, Buffer, UpdateCore, VariableOutputCore};
use blake2::digest::{ExtendableOutput, Output};
use blake2::{Blake2bVarCore, Blake2sVarCore};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};
use sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512, Shake128, Shake256};

use super::{add_functions, bytes, int, required, text};
use crate::python::module::Module;
use crate::python::value::Value;
use crate::python::vm::Vm;

/// `new(name, data)`: the digest of the data; `extended(name, data, size)`: the first bytes of an endless one;
/// `blake2(name, data, size, key, salt, person)`.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("new", |vm, args| {
                let name = text(vm, args, 0, "name")?;
                let data = required(vm, args, 1, "data")?;
                let data = bytes(vm, data)?;
                match digest(&name, &data) {
                    Some(digest) => Ok(Value::bytes(digest)),
                    None => vm.value_error(format!("unsupported hash type {name}")),
                }
            }),
            ("extended", |vm, args| {
                let name = text(vm, args, 0, "name")?;
                let data = required(vm, args, 1, "data")?;
                let data = bytes(vm, data)?;
                let mut out = vec![0; int(vm, args, 2, "length")?.max(0) as usize];
                if name == "shake_128" {
                    Shake128::digest_xof(data, &mut out);
                } else {
                    Shake256::digest_xof(data, &mut out);
                }
                Ok(Value::bytes(out))
            }),
            ("blake2", |vm, args| {
                let name = text(vm, args, 0, "name")?;
                let size = int(vm, args, 2, "digest_size")?.max(0) as usize;
                let mut parts = Vec::new();
                for (i, part) in [(1, "data"), (3, "key"), (4, "salt"), (5, "person")] {
                    let part = required(vm, args, i, part)?;
                    parts.push(bytes(vm, part)?);
                }
                match blake2(&name, &parts, size) {
                    Some(digest) => Ok(Value::bytes(digest)),
                    None => vm.value_error("key, salt or person is too long"),
                }
            }),
        ],
    );
}

fn digest(name: &str, data: &[u8]) -> Option<Vec<u8>> {
    Some(match name {
        "md5" => Md5::digest(data).to_vec(),
        "sha1" => Sha1::digest(data).to_vec(),
        "sha224" => Sha224::digest(data).to_vec(),
        "sha256" => Sha256::digest(data).to_vec(),
        "sha384" => Sha384::digest(data).to_vec(),
        "sha512" => Sha512::digest(data).to_vec(),
        "sha3_224" => Sha3_224::digest(data).to_vec(),
        "sha3_256" => Sha3_256::digest(data).to_vec(),
        "sha3_384" => Sha3_384::digest(data).to_vec(),
        "sha3_512" => Sha3_512::digest(data).to_vec(),
        _ => return None,
    })
}

/// Parts: data, key, salt, person. `None` where one is too long for the digest.
fn blake2(name: &str, parts: &[Vec<u8>], size: usize) -> Option<Vec<u8>> {
    let [data, key, salt, person] = parts else { return None };
    let longest = if name == "blake2b" { 64 } else { 32 };
    if size > longest || key.len() > longest || salt.len() > longest / 4 || person.len() > longest / 4 {
        return None;
    }
    // A key is a block of its own before the data.
    macro_rules! run {
        ($core:ty) => {{
            let mut core = <$core>::new_with_params(salt, person, key.len(), size);
            let mut buffer = Buffer::<$core>::default();
            if !key.is_empty() {
                let mut block = Block::<$core>::default();
                block[..key.len()].copy_from_slice(key);
                buffer.digest_blocks(&block, |blocks| core.update_blocks(blocks));
            }
            buffer.digest_blocks(data, |blocks| core.update_blocks(blocks));
            let mut out = Output::<$core>::default();
            core.finalize_variable_core(&mut buffer, &mut out);
            out.to_vec()
        }};
    }
    let mut out = if name == "blake2b" { run!(Blake2bVarCore) } else { run!(Blake2sVarCore) };
    out.truncate(size);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::digest;

    fn hex(name: &str) -> String {
        digest(name, b"abc").expect("a known digest").iter().map(|b| format!("{b:02x}")).collect()
    }

    #[test]
    fn digests_are_those_of_hashlib() {
        assert_eq!(hex("md5"), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(hex("sha1"), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(hex("sha256"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(hex("sha512").starts_with("ddaf35a193617abacc417349ae204131"));
        assert!(digest("md6", b"").is_none());
    }
}
