// What users add to a run file stays when the file is replaced.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Additions : public testing::Test {
 protected:
  Additions() { write(); }

  /// @return what cannot be kept
  std::vector<std::string> write() {
    const std::vector<double> values = {1, 2, 3};
    RunFileWriter file(path_);
    const auto archive = file.root().group("archive");
    archive->column("objective", std::span<const double>(values), {"higher is better"});
    archive->attribute("kind", std::string("grid"));
    archive->group("state")->attribute("threshold", 6.0);
    file.root().group("checkpoint")->attribute("step", std::int64_t{1});
    std::vector<std::string> lost = file.keep_additions();
    file.commit();
    return lost;
  }

  void python(const std::string& program) {
    const auto outcome = run_file_tests::run_python(program, {path_.string()});
    ASSERT_EQ(outcome.status, 0) << outcome.output;
  }

  run_file_tests::Folder folder_;
  std::filesystem::path path_ = folder_ / "run.h5";
};

constexpr const char* kAdd = R"(
with h5py.File(args[0], 'r+', libver=version) as f:
    f.attrs['note'] = 'mine'
    f['archive'].attrs['tags'] = ['a', 'b']
    f['archive/objective'].attrs['seen'] = 3
    f['archive/mine'] = np.arange(3.0)
    f['archive/mine'].attrs['unit'] = 'm'
    g = f.create_group('notes')
    for i in range(40):
        g.attrs['a%d' % i] = 'text %d' % i
        g['d%d' % i] = i
    g.attrs['pair'] = np.array([(1, 2.5)], dtype=[('a', 'i4'), ('b', 'f8')])
    g.attrs['nothing'] = h5py.Empty('f8')
    g['texts'] = ['x', 'yy']
    g.create_dataset('packed', data=np.arange(9999).reshape(99, 101), compression='gzip')
    g.create_dataset('ragged', data=np.array([np.arange(3), np.arange(5)], dtype=object),
                     dtype=h5py.vlen_dtype('i4'))
    g['type'] = np.dtype('f4')
    g['again'] = g['packed']
    g['best'] = f['archive/objective']
    g['self'] = g
    g['soft'] = h5py.SoftLink('/archive/objective')
    g['far'] = h5py.ExternalLink('other.h5', '/archive')
    g.create_group('state')['x'] = 7
)";

constexpr const char* kSee = R"(
with h5py.File(args[0], 'r') as f:
    assert f.attrs['note'] == 'mine' and list(f['archive'].attrs['tags']) == ['a', 'b']
    assert f['archive/objective'].attrs['seen'] == 3
    assert f['archive/objective'].attrs['description'] == 'higher is better'
    assert list(f['archive/mine'][:]) == [0, 1, 2] and f['archive/mine'].attrs['unit'] == 'm'
    g = f['notes']
    assert len(g.attrs) == 42 and all(g.attrs['a%d' % i] == 'text %d' % i for i in range(40))
    assert all(g['d%d' % i][()] == i for i in range(40))
    assert g.attrs['pair'][0]['b'] == 2.5 and isinstance(g.attrs['nothing'], h5py.Empty)
    assert list(g['texts'].asstr()[:]) == ['x', 'yy']
    assert g['packed'].compression == 'gzip' and (g['packed'][:].ravel() == np.arange(9999)).all()
    assert list(g['ragged'][1]) == [0, 1, 2, 3, 4]
    assert isinstance(g['type'], h5py.Datatype)
    assert g['again'] == g['packed'] and g['best'] == f['archive/objective'] and g['self'] == g
    assert g.get('soft', getlink=True).path == '/archive/objective'
    assert g.get('far', getlink=True).filename == 'other.h5'
    assert g['state/x'][()] == 7
)";

TEST_F(Additions, OfEveryKindStayThroughEveryReplacement) {
  SKIP_WITHOUT_H5PY();
  for (const char* version : {"None", "'latest'"}) {
    run_file_tests::write_small_run(path_);
    std::filesystem::remove(path_);
    write();
    python(std::string("version = ") + version + kAdd);
    for (int i = 0; i < 3; ++i) {
      EXPECT_THAT(write(), ElementsAre());
      python(kSee);
    }
  }
}

TEST_F(Additions, GiveWayToNamesOfTheRun) {
  SKIP_WITHOUT_H5PY();
  python(R"(
with h5py.File(args[0], 'r+') as f:
    f['archive'].attrs['kind'] = 'other'
    f['archive/objective'][0] = 99
)");
  EXPECT_THAT(write(), ElementsAre());
  const RunFileReader file(path_);
  EXPECT_EQ(file.group("archive")->attribute_as<std::string>("kind"), "grid");
  EXPECT_EQ(file.group("archive")->column<double>("objective").at(0), 1.0);
}

TEST_F(Additions, AreNotKeptInWhatIsTheProgramsOwn) {
  SKIP_WITHOUT_H5PY();
  python(R"(
with h5py.File(args[0], 'r+') as f:
    f['checkpoint/mine'] = 1
    f['archive/state'].attrs['mine'] = 1
)");
  EXPECT_THAT(write(), ElementsAre());
  const RunFileReader file(path_);
  EXPECT_FALSE(file.group("checkpoint")->has("mine"));
  EXPECT_FALSE(file.group("archive/state")->has_attribute("mine"));
}

TEST_F(Additions, ThatCannotBeKeptAreNamed) {
  SKIP_WITHOUT_H5PY();
  python(R"(
with h5py.File(args[0], 'r+') as f:
    g = f.create_group('notes')
    g['pointer'] = np.array([g.ref], dtype=h5py.ref_dtype)
    g.attrs['to'] = g.ref
    g['plain'] = 1
)");
  EXPECT_THAT(write(), ElementsAre(path_.string() + ": not kept: attribute 'to' of /notes: "
                                                    "references are not kept",
                                   path_.string() + ": not kept: /notes/pointer: references are "
                                                    "not kept"));
  EXPECT_TRUE(RunFileReader(path_).group("notes")->has("plain"));
}

TEST_F(Additions, OfADamagedFileAreGivenUpWithAWord) {
  std::string bytes = run_file_tests::read_bytes(path_);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  run_file_tests::write_bytes(path_, bytes);
  EXPECT_THAT(write(), ElementsAre(HasSubstr("what its user may have added is not kept")));
  EXPECT_EQ(RunFileReader(path_).columns("archive").size(), 1U);
}

TEST_F(Additions, AreNoneWhereNobodyAddedAnything) {
  const std::string before = run_file_tests::read_bytes(path_);
  EXPECT_THAT(write(), ElementsAre());
  EXPECT_EQ(run_file_tests::read_bytes(path_), before);
}

}  // namespace
}  // namespace cambrian
