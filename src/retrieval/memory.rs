//! What a build used is given back to the system.

/// Gives back what was freed. glibc keeps it in the heaps of the threads that asked for
/// it, and a build asks for far more than its index keeps: of the 540 MB that a server
/// had after its first edition, 220 were free.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        /// Bytes that may stay at the top of the heap.
        const STAY: usize = 1 << 20;
        glibc::malloc_trim(STAY);
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod glibc {
    #[expect(
        unsafe_code,
        reason = "no crate wraps it: it takes a number, touches only free memory, and may \
                  be called from any thread at any time (malloc_trim(3): MT-Safe)"
    )]
    unsafe extern "C" {
        pub(super) safe fn malloc_trim(pad: usize) -> std::ffi::c_int;
    }
}

#[cfg(test)]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod tests {
    /// Megabytes of this process that are in memory.
    fn resident() -> usize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|l| l.starts_with("VmRSS:")).unwrap();
        let kilobytes: usize = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kilobytes / 1024
    }

    #[test]
    fn what_was_freed_between_what_is_kept_is_given_back() {
        // Each too small for a mapping of its own; every tenth is kept, so that the
        // heap cannot shrink from its end.
        let blocks: Vec<Vec<u8>> = (0..4_000).map(|n| vec![n as u8; 60_000]).collect();
        let kept: Vec<Vec<u8>> = blocks.into_iter().step_by(10).collect();
        let before = resident();
        super::give_back();
        let after = resident();
        assert!(after + 100 < before, "{before} MB, then {after} MB");
        assert_eq!(kept.len(), 400);
    }
}
