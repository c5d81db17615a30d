// The run file is read by other people's programs; these are some of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

class Outside : public testing::Test {
 protected:
  Outside() { run_file_tests::write_small_run(path_); }
  run_file_tests::Folder folder_;
  std::filesystem::path path_ = folder_ / "run.h5";
};

TEST_F(Outside, H5pyReadsTablesAsEquallyLongColumns) {
  SKIP_WITHOUT_H5PY();
  const auto outcome = run_file_tests::run_python(R"(
f = h5py.File(args[0], 'r')
for table, rows in {'archive': 5, 'archives/driver': 5, 'history': 3, 'population': 2}.items():
    for name, column in f[table].items():
        if isinstance(column, h5py.Dataset):
            assert len(column) == rows, (table, name)
            assert isinstance(column.attrs['description'], str), (table, name)
g = f['archive']
flat = {k: g[k][:] for k in g if isinstance(g[k], h5py.Dataset) and g[k].ndim == 1}
assert sorted(flat) == ['cell', 'evaluation', 'id', 'objective', 'solved'], flat
assert g['id'].dtype == np.dtype('<u8') and g['id'][2] == 2**53 + 1
assert g['solved'].dtype == np.uint8 and g['cell'].dtype == np.dtype('<i8')
assert g['genome/vector'].dtype == np.dtype('<f4') and g['genome/vector'].shape == (5, 2)
assert g['parents'].shape == (5, 2) and g['parents'][0, 0] == np.iinfo('u8').max
assert np.isnan(g['objective'][3])
assert g['descriptor'].attrs['unit'] == 'pixel' and 'unit' not in g['id'].attrs
)",
                                                  {path_.string()});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST_F(Outside, H5pyReadsAttributesAsStrAndNumbers) {
  SKIP_WITHOUT_H5PY();
  const auto outcome = run_file_tests::run_python(R"(
f = h5py.File(args[0], 'r')
a = f.attrs
assert type(a['format']) is str and a['format'] == 'cambrian-run'
assert a['format_version'] == 1 and a['seed'] == 7 and a['wall_seconds'] == 75.5
assert type(a['config']) is str and '\n' in a['config']
names = list(f['archive'].attrs['descriptor_names'])
assert names == ['x', 'y'] and all(type(n) is str for n in names)
assert list(f['archive'].attrs['shape']) == [4, 4]
assert list(f['archive'].attrs['descriptor_max']) == [100.0, 200.0]
)",
                                                  {path_.string()});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST_F(Outside, H5pyReadsEmptyTables) {
  SKIP_WITHOUT_H5PY();
  {
    RunFileWriter file(path_);
    const auto archive = file.root().group("archive");
    archive->column("id", std::span<const std::uint64_t>());
    archive->matrix("descriptor", std::span<const double>(), 2);
    archive->attribute("names", std::vector<std::string>{});
    file.commit();
  }
  const auto outcome = run_file_tests::run_python(R"(
f = h5py.File(args[0], 'r')
assert f['archive/id'][:].shape == (0,) and f['archive/descriptor'][:].shape == (0, 2)
assert len(f['archive'].attrs['names']) == 0
)",
                                                  {path_.string()});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST_F(Outside, EveryGroupCanBeCopiedToAnotherFile) {  // HDF5 1.10.8 crashes on dense attributes
  SKIP_WITHOUT_H5PY();
  {
    RunFileWriter file(path_);
    const auto many = file.root().group("many");
    for (int i = 0; i < 40; ++i) {
      many->attribute("text" + std::to_string(i), std::string("value"));
      file.root().attribute("text" + std::to_string(i), std::vector<std::string>{"a", "b"});
    }
    file.commit();
  }
  run_file_tests::write_small_run(folder_ / "small.h5");
  const auto outcome = run_file_tests::run_python(
      R"(
for path in args[:2]:
    with h5py.File(path, 'r') as f, h5py.File(args[2], 'w') as copy:
        for name in f:
            f.copy(name, copy)
        f.copy('/', copy, 'root')
        assert dict(copy['root'].attrs).keys() == dict(f.attrs).keys()
)",
      {path_.string(), (folder_ / "small.h5").string(), (folder_ / "copy.h5").string()});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  if (run_file_tests::run_command("h5copy --version").status != 0) return;
  const auto h5copy =
      run_file_tests::run_command("h5copy -i '" + (folder_ / "small.h5").string() + "' -o '" +
                                  (folder_ / "o.h5").string() + "' -s /archive -d /archive");
  EXPECT_EQ(h5copy.status, 0) << h5copy.output;
}

/// What FORMAT.md says of the seal, and nothing else.
constexpr const char* kSealReader = R"(
import struct, xxhash
data = open(args[0], 'rb').read()
body, count, rest, seal, magic = struct.unpack('<4Q16s', data[-48:])
assert magic == b'CAMBRIAN-XXH3-1\n', magic
assert len(data) == body + 24 * count + 48
assert seal == xxhash.xxh3_64_intdigest(data[body:-24])
others, at = xxhash.xxh3_64(), 0
for i in range(count):
    offset, size, digest = struct.unpack_from('<3Q', data, body + 24 * i)
    assert digest == xxhash.xxh3_64_intdigest(data[offset:offset + size]), offset
    others.update(data[at:offset])
    at = offset + size
others.update(data[at:body])
assert rest == others.intdigest()
print(count)
)";

TEST_F(Outside, AnotherProgramChecksTheSeal) {
  if (run_file_tests::run_command("/usr/bin/python3 -c 'import xxhash'").status != 0)
    GTEST_SKIP() << "python3-xxhash is not installed";
  SKIP_WITHOUT_H5PY();
  const std::vector<double> values(300000, 1.5);  // longer than the blocks that a hash is made in
  {
    RunFileWriter file(path_);
    for (const char* name : {"large", "larger"})
      file.root().column(name, std::span<const double>(values));
    file.root().column("small", std::span<const double>(values).first(10));
    file.commit();
  }
  const auto whole = run_file_tests::run_python(kSealReader, {path_.string()});
  EXPECT_EQ(whole.output, "2\n");
  for (const std::size_t from_end : {30U, 60U, 3000000U}) {
    std::string bytes = run_file_tests::read_bytes(path_);
    bytes[bytes.size() - from_end] = static_cast<char>(bytes[bytes.size() - from_end] ^ 1);
    run_file_tests::write_bytes(folder_ / "changed.h5", bytes);
    const auto changed =
        run_file_tests::run_python(kSealReader, {(folder_ / "changed.h5").string()});
    EXPECT_NE(changed.status, 0) << from_end;
  }
}

TEST_F(Outside, H5dumpReadsIt) {
  if (run_file_tests::run_command("h5dump --version").status != 0)
    GTEST_SKIP() << "hdf5-tools is not installed";
  const auto all = run_file_tests::run_command("h5dump '" + path_.string() + "'");
  EXPECT_EQ(all.status, 0) << all.output;
  const auto one =
      run_file_tests::run_command("h5dump -d /history/evaluations '" + path_.string() + "'");
  EXPECT_THAT(one.output, testing::HasSubstr("(0): 250, 500, 1000"));
  EXPECT_THAT(one.output, testing::HasSubstr("H5T_STD_U64LE"));
  EXPECT_THAT(one.output, testing::HasSubstr("evaluations so far"));
}

}  // namespace
}  // namespace cambrian
