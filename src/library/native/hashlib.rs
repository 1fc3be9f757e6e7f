//! `_hashlib`: digests.

use std::rc::Rc;

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use super::{add_functions, bytes, required, text};
use crate::python::module::Module;
use crate::python::value::Value;
use crate::python::vm::Vm;

/// `new(name, data)`: the digest of the data.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[("new", |vm, args| {
            let name = text(vm, args, 0, "name")?;
            let data = required(vm, args, 1, "data")?;
            let data = bytes(vm, data)?;
            match digest(&name, &data) {
                Some(digest) => Ok(Value::bytes(digest)),
                None => vm.value_error(format!("unsupported hash type {name}")),
            }
        })],
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
        _ => return None,
    })
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
        assert!(digest("blake2b", b"").is_none());
    }
}
