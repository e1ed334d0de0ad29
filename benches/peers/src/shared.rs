//! The peers in C++: compiled when their headers and a compiler are installed, and called in shared objects.
//!
//! Debian has the headers in `libceres-dev` and `libtrilinos-sacado-dev`.

use std::ffi::{CString, c_char, c_void};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use libloading::Library;

use crate::measured::Who;
use crate::runner::{Job, Workload};

/// A shared object of cpp/kernels.cpp.
pub struct Shared {
    who: Who,
    /// The compiler's name.
    compiler: &'static str,
    prepare: unsafe extern "C" fn(*const c_char, *const f64, usize) -> *mut c_void,
    repeat: unsafe extern "C" fn(*mut c_void, usize),
    answer: unsafe extern "C" fn(*mut c_void, *mut f64),
    drop: unsafe extern "C" fn(*mut c_void),
}

/// Those that the workloads include; none until they are loaded.
static LOADED: OnceLock<Vec<Shared>> = OnceLock::new();

/// Compiles and loads what can be, and says on standard error what can't.
pub fn load() {
    LOADED.get_or_init(|| {
        let mut loaded = Vec::new();
        for (who, define, header, package) in [
            (Who::Ceres, "CERES", "ceres/jet.h", "libceres-dev"),
            (Who::Sacado, "SACADO", "trilinos/Sacado.hpp", "libtrilinos-sacado-dev"),
        ] {
            if !Path::new("/usr/include").join(header).exists() {
                eprintln!("skipped: {}, whose headers ({package}) aren't installed", who.name());
                continue;
            }
            for compiler in ["g++", "clang++"] {
                match compile(define, compiler).and_then(|object| open(who, compiler, &object)) {
                    Ok(shared) => loaded.push(shared),
                    Err(error) => eprintln!("skipped: {} by {compiler}: {error}", who.name()),
                }
            }
        }
        loaded
    });
}

/// The versions of the compilers that made what is loaded.
pub fn compilers() -> Vec<String> {
    let loaded = LOADED.get().map_or(&[][..], Vec::as_slice);
    let used = |compiler: &str| loaded.iter().any(|shared| shared.compiler == compiler);
    let version = |compiler: &str| {
        let output = Command::new(compiler).arg("--version").output().ok()?;
        String::from_utf8_lossy(&output.stdout).lines().next().map(str::to_owned)
    };
    ["g++", "clang++"].into_iter().filter(|compiler| used(compiler)).filter_map(version).collect()
}

/// The same instructions as this build's.
fn march() -> &'static str {
    if cfg!(target_feature = "avx512f") {
        "-march=native"
    } else if cfg!(target_feature = "avx2") {
        "-march=x86-64-v3"
    } else {
        "-O3"
    }
}

fn compile(define: &str, compiler: &str) -> Result<PathBuf, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("cpp/kernels.cpp");
    // Beside this program, whose directory is of one set of flags.
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let object = program.with_file_name(format!("{define}-{compiler}.so"));
    let changed = |path: &Path| path.metadata().and_then(|metadata| metadata.modified()).ok();
    if changed(&object).is_some_and(|built| Some(built) > changed(&source)) {
        return Ok(object);
    }
    let output = Command::new(compiler)
        .args(["-O3", "-std=c++17", "-shared", "-fPIC", march(), &format!("-D{define}")])
        .args(["-I/usr/include/eigen3", "-I/usr/include/trilinos", "-o"])
        .arg(&object)
        .arg(source)
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(object)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// A function of an object.
fn symbol<F: Copy>(library: &'static Library, name: &str) -> Result<F, String> {
    // SAFETY: the caller states the type that cpp/kernels.cpp has.
    unsafe { library.get::<F>(name) }.map(|symbol| *symbol).map_err(|error| error.to_string())
}

fn open(who: Who, compiler: &'static str, object: &Path) -> Result<Shared, String> {
    // SAFETY: the object is ours, and initialises nothing but a table of functions.
    let library = unsafe { Library::new(object) }.map_err(|error| error.to_string())?;
    // It stays for as long as the program, so that its functions outlive this.
    let library: &'static Library = Box::leak(Box::new(library));
    Ok(Shared {
        who,
        compiler,
        prepare: symbol(library, "peers_prepare")?,
        repeat: symbol(library, "peers_repeat")?,
        answer: symbol(library, "peers_answer")?,
        drop: symbol(library, "peers_drop")?,
    })
}

/// A kernel with its inputs.
struct Kernel {
    shared: &'static Shared,
    state: *mut c_void,
    /// How many numbers it answers with.
    length: usize,
}

impl Job for Kernel {
    fn repeat(&mut self, times: usize) {
        // SAFETY: `state` is what `prepare` of the same object made.
        unsafe { (self.shared.repeat)(self.state, times) }
    }

    fn answer(&mut self) -> Vec<f64> {
        let mut numbers = vec![f64::NAN; self.length];
        // SAFETY: as above, and `length` is how many the kernel writes.
        unsafe { (self.shared.answer)(self.state, numbers.as_mut_ptr()) }
        numbers
    }
}

impl Drop for Kernel {
    fn drop(&mut self) {
        // SAFETY: as above; nothing uses it afterwards.
        unsafe { (self.shared.drop)(self.state) }
    }
}

/// Adds the kernel `name` of every object that is loaded, for these inputs; it answers with `length` numbers.
pub(crate) fn add(mut workload: Workload, name: &str, note: &str, inputs: &[f64], length: usize) -> Workload {
    let name = CString::new(name).expect("no zero in a name");
    for shared in LOADED.get().map_or(&[][..], Vec::as_slice) {
        // SAFETY: the inputs are as long as said, and what the kernel of this name reads.
        let state = unsafe { (shared.prepare)(name.as_ptr(), inputs.as_ptr(), inputs.len()) };
        assert!(!state.is_null(), "no kernel {name:?}");
        let note = [note, shared.compiler].join(if note.is_empty() { "" } else { ", " });
        workload = workload.job(shared.who, note, Box::new(Kernel { shared, state, length }));
    }
    workload
}
