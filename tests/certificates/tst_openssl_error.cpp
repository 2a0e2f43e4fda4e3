#include "support/test_main.hpp"

#include "certificates/openssl_error.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

using namespace lab::certificates;

/// One sentence for people, and nothing left behind for the next caller.
class OpensslErrorTest : public QObject {
    Q_OBJECT

private slots:
    void saysTheFirstReasonAndEmptiesTheQueue()
    {
        ERR_raise(ERR_LIB_PEM, PEM_R_NO_START_LINE);
        ERR_raise(ERR_LIB_PEM, PEM_R_BAD_BASE64_DECODE);
        QCOMPARE(drainOpensslErrors("cannot read the key"), "cannot read the key: no start line");
        QCOMPARE(ERR_peek_error(), 0UL);
    }

    void saysOnlyTheFactWhereOpensslSaysNothing()
    {
        QCOMPARE(drainOpensslErrors("cannot read the key"), "cannot read the key");
    }

    void keepsTheKind()
    {
        QCOMPARE(opensslError(lab::ErrorKind::BadInput, "no").kind(), lab::ErrorKind::BadInput);
        QCOMPARE(opensslError(lab::ErrorKind::BadInput, "no").message(), std::string("no"));
    }
};

LAB_TEST(OpensslErrorTest)
#include "tst_openssl_error.moc"
