// Tells the linker what a Node addon may leave unresolved: Node's own symbols.
fn main() {
    napi_build::setup();
}
