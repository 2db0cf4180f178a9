//! The pages are embedded in the binary: it is built anew when they change.

fn main() {
    println!("cargo:rerun-if-changed=kiosk/dist");
    println!("cargo:rerun-if-changed=src/build.rs");
}
